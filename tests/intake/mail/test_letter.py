"""Letters are read: who sent them, what about, and what they wrote themselves; and who is no person."""

import textwrap
from email.message import EmailMessage
from time import process_time

import pytest
from tests.intake.mail.letters import ADA, html_letter, letter, raw

from openspaces.intake.mail.letter import From, Poison, read_letter


def test_a_plain_letter_is_read() -> None:
    read = read_letter(letter("Bring wool.\n", "Knitting", To_=""))
    assert (read.sender, read.name, read.subject, read.text) == (
        "ada@example.org",
        "Ada Lovelace",
        "Knitting",
        "Bring wool.",
    )
    assert read.message_id == "<1@example.org>"
    assert read.recipients == ("pyconus2022@board.example",)
    assert read.source is From.PERSON


# Charsets and encodings


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "Größe ✓"),
        ("iso-8859-1", "Größe"),
        ("windows-1252", "“Größe” – €"),
        ("utf-7", "Größe"),
        ("iso-2022-jp", "テスト"),
        ("iso-8859-6", "مرحبا"),
        ("koi8-r", "Привет"),
        ("shift_jis", "こんにちは"),
        ("gb18030", "数据可视化"),
        ("utf-16", "Größe"),
    ],
)
def test_charsets_are_read(charset: str, text: str) -> None:
    body = text.encode(charset)
    read = read_letter(raw(f"From: {ADA}", f"Content-Type: text/plain; charset={charset}", "", body))
    assert read.text == text


@pytest.mark.parametrize("claimed", ["x-unknown", "us-ascii", "base64", "rot13", "", "utf-8; x", "punycode"])
def test_a_charset_that_is_wrong_costs_nobody_their_words(claimed: str) -> None:
    read = read_letter(raw(f"From: {ADA}", f"Content-Type: text/plain; charset={claimed}", "", "Größe ✓"))
    assert read.text == "Größe ✓"


@pytest.mark.parametrize(
    "subject",
    ["=?utf-8?B?R3LDtsOfZQ==?=", "=?iso-8859-1?Q?Gr=F6=DFe?=", "Größe", "=?UTF-8?Q?Gr=C3=B6?= =?UTF-8?Q?=C3=9Fe?="],
)
def test_subjects_are_read_however_they_are_encoded(subject: str) -> None:
    assert read_letter(raw(f"From: {ADA}", f"Subject: {subject}", "", "x")).subject == "Größe"


@pytest.mark.parametrize("claimed", ["iso-8859-1", "us-ascii", "latin1"])
def test_what_windows_calls_latin_is_read_as_it_was_typed(claimed: str) -> None:
    body = "“Größe” – €".encode("windows-1252")
    read = read_letter(raw(f"From: {ADA}", f"Content-Type: text/plain; charset={claimed}", "", body))
    assert read.text == "“Größe” – €"


@pytest.mark.parametrize("broken", ["=?utf-8?B?A?=", "=?utf-8?B?####?=", "=?x-none?Q?=ZZ?="])
def test_a_subject_that_cannot_be_decoded_costs_nobody_their_letter(broken: str) -> None:
    read = read_letter(raw("From: =?utf-8?B?A?= <ada@example.org>", f"Subject: {broken} Knitting", "", "Friday 2pm"))
    assert (read.sender, read.subject.split()[-1], read.text) == ("ada@example.org", "Knitting", "Friday 2pm")


def test_parameters_and_words_of_headers_may_name_a_language() -> None:
    charset = "Content-Type: text/plain; charset*=us-ascii'en'utf-8"
    read = read_letter(raw(f"From: {ADA}", "Subject: =?utf-8*de?Q?Gr=C3=B6=C3=9Fe?=", charset, "", "Größe"))
    assert (read.subject, read.text) == ("Größe", "Größe")


def test_nought_bytes_cost_nothing_but_themselves() -> None:
    read = read_letter(raw(b"From: A\0da <ada@example.org>", b"Subject: Knit\0ting", "", b"Bring\0 wool"))
    assert (read.sender, read.subject.replace("\0", ""), read.text.replace("\0", "")) == (
        "ada@example.org",
        "Knitting",
        "Bring wool",
    )


LONG = "Open Teams Incubator will focus on entrepreneurship, connecting those interested in learning about it."


@pytest.mark.parametrize(
    ("kind", "ends"),
    [("", ""), ("; format=flowed", " "), ("; format=flowed; delsp=yes", "  ")],
    ids=["wrapped", "flowed", "flowed with spaces deleted"],
)
def test_lines_that_a_mail_program_broke_are_whole_again(kind: str, ends: str) -> None:
    body = f"{ends}\r\n".join(textwrap.wrap(LONG, 72))
    read = read_letter(
        raw(f"From: {ADA}", f"Content-Type: text/plain{kind}", "", body, "", "Bring wool.", "- And needles.")
    )
    assert read.text == f"{LONG}\n\nBring wool.\n- And needles."


def test_quoted_printable_and_base64_bodies_are_read() -> None:
    for encoding, body in (("quoted-printable", "Gr=C3=B6=C3=9Fe"), ("base64", "R3LDtsOfZQ==")):
        headers = ("Content-Type: text/plain; charset=utf-8", f"Content-Transfer-Encoding: {encoding}")
        assert read_letter(raw(f"From: {ADA}", *headers, "", body)).text == "Größe"


# HTML


def test_an_html_letter_becomes_lines() -> None:
    html = "<style>p {}</style><p>Friday&nbsp;2pm,<br>Room <b>250A</b></p><ul><li>wool</li><li>needles</li></ul>"
    assert read_letter(html_letter(f"{html}<script>x</script>")).text == "Friday 2pm,\nRoom 250A\n\n• wool\n• needles"


def test_plain_text_counts_where_a_letter_has_both() -> None:
    mail = EmailMessage()
    mail["From"] = ADA
    mail.set_content("plain")
    mail.add_alternative("<p>html</p>", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="talk.pdf")
    mail.add_attachment("not this\n", filename="notes.txt")
    assert read_letter(mail.as_bytes()).text == "plain"


def test_html_counts_where_the_plain_part_is_empty() -> None:
    mail = EmailMessage()
    mail["From"] = ADA
    mail.set_content("\n \n")
    mail.add_alternative("<div>html</div>", subtype="html")
    assert read_letter(mail.as_bytes()).text == "html"


def test_what_an_html_letter_quotes_is_left_out() -> None:
    html = (
        "<div>Friday 2pm</div><div class='gmail_quote'><div>On Mon, 4 Apr 2022 at 10:00, Board &lt;b@x.org&gt; wrote:"
        "<br></div><blockquote>Send us your idea<blockquote>older</blockquote></blockquote></div>"
    )
    assert read_letter(html_letter(html)).text == "Friday 2pm"


# Quotes, signatures, forwards


@pytest.mark.parametrize(
    "quoted",
    [
        "On Mon, 4 Apr 2022 at 10:00, The Board <board@x.org> wrote:\n> Send us your idea",
        "> Send us your idea\n> please",
        "Am 04.04.2022 um 10:00 schrieb Das Brett <brett@x.org>:\n> Schickt uns",
        "Le lun. 4 avr. 2022 à 10:00, Le tableau <b@x.org> a écrit :\n> Envoyez",
        "Le lun. 4 avr. 2022 à 10:00, Le tableau <b@x.org> a\nécrit :\n\n> Envoyez",
        "On Mon, Apr 4, 2022 at 10:00 AM The Board of Open Spaces <\nboard@x.org> wrote:\n\n> Send us your idea",
        "सोम, 4 अप्रैल 2022 को 10:00 am बजे को बोर्ड <\nb@x.org> ने लिखा:\n\n> भेजिए",
        "_______________________________________________\nBoard mailing list\nboard@lists.example.org",
        "Thanks!\nAda",
        "Viele Grüße und bis bald\nAda",
        "धन्यवाद,\nगीता",
        "सादर\nगीता",
        "شكرا،\nآدا",
        "सोमवार, 4 अप्रैल 2022 को 10:00 बजे, बोर्ड <b@x.org> ने लिखा:\n> भेजिए",
        "-----Original Message-----\nFrom: Board\nSent: Monday\nTo: Ada\nSubject: Ideas\n\nSend us",
        "-- \nAda Lovelace\nAnalytical Engines Ltd",
        "--\nAda",
        "Best regards,\nAda",
        "Mit freundlichen Grüßen\nAda",
        "Sent from my iPhone",
    ],
)
def test_quotes_and_signatures_are_left_out(quoted: str) -> None:
    assert read_letter(letter(f"Friday 2pm, bring wool\n\n{quoted}\n", "Re: Ideas")).text == "Friday 2pm, bring wool"


def test_a_list_with_hyphens_is_no_signature() -> None:
    assert read_letter(letter("Topics:\n- Django\n- Flask\n")).text == "Topics:\n- Django\n- Flask"


@pytest.mark.parametrize(
    "subject", ["Re: Knitting", "AW: WG: Knitting", "[board] Re: Knitting", "RE: re: Fwd: Knitting"]
)
def test_what_mail_programs_put_before_a_subject_goes(subject: str) -> None:
    assert read_letter(letter("x", subject)).subject == "Knitting"


@pytest.mark.parametrize(
    ("subject", "head"),
    [
        (
            "Fwd: COBOL",
            "---------- Forwarded message ---------\nFrom: Grace Hopper <grace@example.org>\nDate: Mon\nSubject: COBOL",
        ),
        ("Fwd: COBOL", "Begin forwarded message:\n\nFrom: Grace Hopper <grace@example.org>\nSubject: COBOL\nDate: Mon"),
        (
            "WG: COBOL",
            "-----Ursprüngliche Nachricht-----\nVon: Grace Hopper <grace@example.org>\nGesendet: Mo\nBetreff: COBOL",
        ),
        ("FW: COBOL", "From: Grace Hopper <grace@example.org>\nSent: Monday\nTo: Ada\nSubject: COBOL"),
        (
            "Fwd: COBOL",
            "---------- Forwarded message ---------\nVon: Grace Hopper <grace@example.org>\nDate: Mo., 4. Apr. 2022 um"
            " 10:00 Uhr\nSubject: COBOL\nTo: Ada <ada@example.org>\n",
        ),
        (
            "Fwd: COBOL",
            "---------- अग्रेषित संदेश ---------\nप्रेषक: Grace Hopper <grace@example.org>\nDate: सोम, 4 अप्रैल 2022 को"
            " 10:00 am बजे\nSubject: COBOL\nTo: Ada <ada@example.org>\n",
        ),
        (
            "FW: COBOL",
            "________________________________\nप्रेषक: Grace Hopper <grace@example.org>\nभेजा गया: सोमवार, 4 अप्रैल 2022"
            " 10:00\nप्रति: Ada\nविषय: COBOL",
        ),
        (
            "Tr: COBOL",
            "Début du message transféré :\n\n> De: Grace Hopper <grace@example.org>\n> Objet: COBOL\n> Date: 4 avril"
            " 2022\n> À: Ada\n> ",
        ),
        (
            "TR: COBOL",
            "________________________________\nDe : Grace Hopper <grace@example.org>\nEnvoyé : lundi 4 avril 2022 10:00"
            "\nÀ : Ada\nObjet : COBOL",
        ),
        (
            "Fwd: COBOL",
            "-------- Weitergeleitete Nachricht --------\nBetreff: \tCOBOL\nDatum: \tMon, 4 Apr 2022 10:00:00 +0200"
            "\nVon: \tGrace Hopper <grace@example.org>\nAn: \tAda <ada@example.org>\n",
        ),
        ("Fwd: COBOL", "> ---------- Forwarded message ---------\n> From: Grace Hopper\n> Subject: COBOL"),
    ],
)
def test_what_is_forwarded_is_unwrapped_and_whoever_forwards_is_answered(subject: str, head: str) -> None:
    read = read_letter(letter(f"For your information.\n\n{head}\n\nSaturday 3pm, 251A.\n", subject))
    assert (read.sender, read.name, read.subject, read.text) == (
        "ada@example.org",
        "Grace Hopper",
        "COBOL",
        "Saturday 3pm, 251A.",
    )


HEADERS_OF_THUNDERBIRD = (
    "<table><tr><th>Subject: </th><td>COBOL</td></tr><tr><th>Date: </th><td>Mon</td></tr><tr><th>From: </th>"
    "<td>Grace Hopper &lt;grace@example.org&gt;</td></tr></table><br>"
)


@pytest.mark.parametrize(
    "html",
    [
        "FYI<div>---------- Forwarded message ---------<br>From: <strong>Grace Hopper</strong> <span>&lt;<a href='x'>"
        "grace@example.org</a>&gt;</span><br>Date: Mon, Apr 4<br>Subject: COBOL<br>To: Ada<br></div><br>",
        "FYI<hr><div id='divRplyFwdMsg'><b>From:</b> Grace Hopper &lt;grace@example.org&gt;<br><b>Sent:</b> Monday<br>"
        "<b>To:</b> Ada<br><b>Subject:</b> COBOL<div>&nbsp;</div></div>",
        "<blockquote type='cite'><div>Begin forwarded message:</div><br><div><b>From: </b>Grace Hopper &lt;"
        "grace@example.org&gt;</div><div><b>Subject: </b>COBOL</div><div><b>Date: </b>April 4</div><br>",
        f"<p><br></p><div>-------- Forwarded Message --------{HEADERS_OF_THUNDERBIRD}",
    ],
    ids=["gmail", "outlook", "apple", "thunderbird"],
)
def test_what_is_forwarded_in_html_alone_is_unwrapped_too(html: str) -> None:
    read = read_letter(html_letter(f"{html}<div>Saturday 3pm, 251A.</div>", "Fwd: COBOL"))
    assert (read.name, read.subject, read.text) == ("Grace Hopper", "COBOL", "Saturday 3pm, 251A.")


def test_a_letter_that_is_attached_is_read_where_there_is_nothing_else() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Grace <grace@example.org>", "COBOL"
    inner.set_content("Saturday 3pm\n")
    mail = EmailMessage()
    mail["From"] = ADA
    mail.set_content("\n")
    mail.add_attachment(inner)
    assert read_letter(mail.as_bytes()).text == "Saturday 3pm"


# Who is no person


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        ({}, From.PERSON),
        ({"Auto_Submitted": "no"}, From.PERSON),
        ({"Auto_Submitted": "auto-replied"}, From.MACHINE),
        ({"Auto_Submitted": "auto-generated; owner-email=x"}, From.MACHINE),
        ({"X_Autoreply": "yes"}, From.MACHINE),
        ({"Precedence": "bulk"}, From.MACHINE),
        ({"Precedence": "auto_reply"}, From.MACHINE),
        ({"Precedence": "list"}, From.LIST),
        ({"List_Id": "<news.example.org>"}, From.MACHINE),
        ({"List_Id": "<chat.example.org>", "List_Post": "<mailto:chat@example.org>"}, From.LIST),
        ({"List_Unsubscribe": "<https://x>"}, From.MACHINE),
        ({"Return_Path": "<>"}, From.MACHINE),
        ({"Return_Path": "<ada@example.org>"}, From.PERSON),
        ({"X_Openspaces_Loop": "pyconus2022"}, From.MACHINE),
        ({"X_Auto_Response_Suppress": "All"}, From.LIST),
    ],
)
def test_machines_and_lists_are_known_by_their_headers(headers: dict[str, str], source: From) -> None:
    assert read_letter(letter("x", **headers)).source is source


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your session",
        "Out of Office: Your session",
        "Re: Abwesenheitsnotiz: Ihre Sitzung",
        "Automatische Antwort: x",
        "Réponse automatique : x",
        "स्वचालित उत्तर: x",
        "رد تلقائي: x",
        "Undeliverable: x",
        "Delivery Status Notification (Failure)",
    ],
)
def test_what_looks_automatic_by_its_subject_is_not_answered_and_not_lost(subject: str) -> None:
    assert read_letter(letter("x", subject)).source is From.LIST


@pytest.mark.parametrize("subject", ["Automatic replies considered harmful", "How to be out of office", "Bounce!"])
def test_control_what_only_speaks_of_such_letters_is_answered(subject: str) -> None:
    assert read_letter(letter("x", subject)).source is From.PERSON


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@x.org", "noreply@x.org", "no-reply+1@x.org", "postmaster@x.org"])
def test_some_senders_are_nobody(sender: str) -> None:
    assert read_letter(letter("x", sender=sender)).source is From.MACHINE


def test_what_nobody_sent_by_the_envelope_is_a_machines() -> None:
    assert read_letter(letter("x"), envelope_from="").source is From.MACHINE
    assert read_letter(letter("x"), envelope_from="ada@example.org").source is From.PERSON


def test_a_bounce_is_a_machines() -> None:
    bounce = raw("From: Mail <mail@x.org>", "Content-Type: multipart/report; boundary=b", "", "--b", "", "x", "--b--")
    assert read_letter(bounce).source is From.MACHINE


# What is no letter


@pytest.mark.parametrize(
    "nothing", [b"", b"\0\0\0", b"hello", b"From: nobody\r\n\r\nx", b"From: <>\r\n\r\nx", b"\xff" * 100]
)
def test_what_has_no_sender_is_poison(nothing: bytes) -> None:
    with pytest.raises(Poison):
        read_letter(nothing)


def test_a_letter_without_a_message_id_has_one_made_of_its_bytes() -> None:
    one, other = raw(f"From: {ADA}", "", "x"), raw(f"From: {ADA}", "", "y")
    assert read_letter(one).message_id == read_letter(one).message_id != read_letter(other).message_id


def nested(depth: int) -> bytes:
    """Parts in parts."""
    each = (f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n" for number in range(depth))
    return f"From: {ADA}\r\n{''.join(each)}\r\n".encode()


HEAD = f"From: {ADA}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".encode()
LARGE = 10_000_000


@pytest.mark.parametrize(
    "mail",
    [
        HEAD + b"--b\r\n\r\n" * (LARGE // 7),
        nested(100) + b"x\r\n" * (LARGE // 3),
        f"From: {ADA}\r\n".encode() + b"X-A: b\r\n" * (LARGE // 8),
        f"From: {ADA}\r\nContent-Type: text/plain".encode() + b"; a*1*=" * (LARGE // 7),
        f"From: {ADA}\r\nContent-Type: text/plain".encode() + b";\r\n a*1*=" * (LARGE // 10),
    ],
    ids=["parts", "depth", "headers", "parameters", "folded parameters"],
)
def test_nothing_large_takes_long(mail: bytes) -> None:
    began = process_time()
    assert read_letter(mail).sender == "ada@example.org"
    assert process_time() - began < 3


def test_letters_nested_without_end_are_poison() -> None:
    with pytest.raises(Poison):
        read_letter(nested(5000))


def test_words_after_a_photograph_are_read() -> None:
    mail = EmailMessage()
    mail["From"] = ADA
    mail.set_content("Friday 2pm\n")
    mail.add_attachment(bytes(range(256)) * 20_000, maintype="image", subtype="jpeg", disposition="inline")
    mail.add_attachment("Bring wool\n", disposition="inline")
    assert read_letter(mail.as_bytes()).text == "Friday 2pm\n\nBring wool"


@pytest.mark.parametrize(
    "text",
    [
        "On a " * 40_000,
        " \n" * 100_000,
        "> " * 100_000,
        "From: a\n" * 20_000,
        "<div>" * 50_000,
        "-" * 200_000,
        "x" * 2_000_000,
    ],
    ids=["on", "blank", "quotes", "headers", "tags", "line", "long"],
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_nothing_takes_long(text: str, kind: str) -> None:
    began = process_time()
    read_letter(raw(f"From: {ADA}", f"Content-Type: text/{kind}", "", text))
    assert process_time() - began < 3
