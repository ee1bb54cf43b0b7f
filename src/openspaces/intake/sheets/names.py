"""What people call the columns of a sheet, in the languages that the board speaks."""

import re
import unicodedata

NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "topic", "session", "session title", "name of session", "session name", "subject", "what", "talk",
        "titel", "thema", "sitzung", "was", "vortrag", "überschrift",
        "शीर्षक", "विषय", "सत्र", "सत्र का नाम", "क्या",
        "العنوان", "عنوان", "الموضوع", "موضوع", "الجلسة", "عنوان الجلسة", "اسم الجلسة",
    ),
    "text": (
        "text", "description", "abstract", "details", "about", "summary", "notes", "body", "short description",
        "beschreibung", "inhalt", "kurzbeschreibung", "worum geht es", "anmerkungen", "zusammenfassung",
        "विवरण", "वर्णन", "सारांश", "जानकारी",
        "الوصف", "وصف", "نبذة", "التفاصيل", "ملخص", "الملخص",
    ),
    "host": (
        "host", "hosts", "who", "name", "your name", "speaker", "speakers", "presenter", "organizer", "organiser",
        "contact name", "by", "full name", "facilitator", "author",
        "wer", "gastgeber", "gastgeberin", "referent", "referentin", "vortragende", "leitung", "ansprechpartner", "von",
        "मेज़बान", "मेजबान", "नाम", "आपका नाम", "वक्ता", "कौन",
        "المضيف", "مضيف", "الاسم", "اسمك", "المتحدث", "مقدم الجلسة", "من",
    ),
    "handle": (
        "handle", "contact", "twitter", "mastodon", "x", "telegram", "matrix", "social", "username", "how to reach you",
        "kontakt", "benutzername", "erreichbar", "erreichbar unter",
        "संपर्क", "हैंडल",
        "التواصل", "المعرف", "حساب", "اسم المستخدم",
    ),
    "link": (
        "link", "url", "website", "web", "homepage", "more information",
        "webseite", "adresse im netz", "internetseite",
        "लिंक", "वेबसाइट", "कड़ी",
        "رابط", "الرابط", "الموقع", "الموقع الإلكتروني",
    ),
    "wish": (
        "wish", "wishes", "when and where", "preferred time", "preference", "preferred slot", "requested time",
        "wunsch", "wunschzeit", "wunschtermin", "wann und wo",
        "इच्छा", "पसंद", "पसंदीदा समय", "कब और कहाँ",
        "الرغبة", "رغبة", "الوقت المفضل", "متى وأين",
    ),
    "day": (
        "day", "date",
        "tag", "datum",
        "दिन", "तारीख", "दिनांक", "तिथि",
        "اليوم", "يوم", "التاريخ", "تاريخ",
    ),
    "time": (
        "time", "start", "starts", "start time", "hour", "slot", "when", "begin", "from",
        "zeit", "uhrzeit", "beginn", "start uhrzeit", "wann", "stunde",
        "समय", "कब", "शुरू", "आरंभ",
        "الوقت", "وقت", "الساعة", "متى", "البداية",
    ),
    "room": (
        "room", "location", "place", "where", "hall", "venue",
        "raum", "ort", "saal", "zimmer", "wo",
        "कमरा", "स्थान", "हॉल", "जगह", "कहाँ", "कहां",
        "الغرفة", "غرفة", "القاعة", "قاعة", "المكان", "أين",
    ),
    "tags": (
        "tags", "tag list", "keywords", "category", "categories", "track", "type", "topics",
        "schlagworte", "schlagwörter", "stichworte", "kategorie", "rubrik",
        "टैग", "श्रेणी",
        "الوسوم", "وسوم", "الفئة", "التصنيف", "كلمات مفتاحية",
    ),
}  # fmt: skip
"""The field of a card, and its names; the short ones stand for themselves only."""
PRIVATE = (
    "email", "e mail", "mail", "email address", "phone", "telephone", "mobile", "e mail adresse", "telefon", "handy",
    "ईमेल", "फ़ोन", "फोन", "मोबाइल",
    "البريد الإلكتروني", "البريد", "الهاتف", "الجوال",
)  # fmt: skip
"""Columns that are for nobody's eyes, and are not imported."""


UNREAD = (
    "timestamp", "id", "no", "nr", "number", "row", "status", "code", "ends", "end", "created", "submitted",
    "zeitstempel", "nummer", "ende", "lfd nr", "टाइमस्टैम्प", "क्रमांक", "طابع زمني", "الرقم",
)  # fmt: skip
"""Columns that are about the row, and say nothing of the card."""


def folded(name: str) -> str:
    """A name as names are compared: small letters and digits, one space between words."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(char if _stands(char) else " " for char in plain).split())


def known(name: str) -> str:
    """The field that a column of that name holds; `private` and `unread` are not imported, empty is not known."""
    return _FIELDS.get(folded(name), "")


def meant(name: str) -> str:
    """The same, where people wrote a phrase: `Title of your session`, `What is it about?`, `Preferred day`."""
    phrase = folded(name)
    words = _OF.split(phrase)[0].split()[:MOST_WORDS]
    ends = [(start, end) for end in range(len(words), 0, -1) for start in range(end)]
    found = (" ".join(words[start:end]) for start, end in ends)
    return known(name) or next((_FIELDS[piece] for piece in found if piece in _FIELDS and piece not in _VAGUE), "")


def _stands(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


MOST_WORDS = 12
_OF = re.compile(r" (?:of|for|der|des|zu|zum|का|की|के) ")
_VAGUE = {
    "what",
    "who",
    "by",
    "from",
    "when",
    "where",
    "x",
    "was",
    "wer",
    "von",
    "wann",
    "wo",
    "ort",
    "من",
    "is",
    "web",
}
"""Names that are columns alone, but in a phrase say too little."""
_FIELDS = {folded(name): field for field, names in NAMES.items() for name in names}
_FIELDS |= {folded(name): "private" for name in PRIVATE}
_FIELDS |= {folded(name): "unread" for name in UNREAD}
