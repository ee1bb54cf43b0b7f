"""The addresses of the forms and of what is mine. Everything that is the same for everyone is the press's."""

from django.urls import include, path

from openspaces.intake.web.cards import new
from openspaces.intake.web.cells import cell
from openspaces.intake.web.cohosting import co_host
from openspaces.intake.web.contests import contest, count
from openspaces.intake.web.deals import deals
from openspaces.intake.web.editing import edit
from openspaces.intake.web.giggity import giggity
from openspaces.intake.web.here import here, screen_code
from openspaces.intake.web.kept_of_me import export, mine
from openspaces.intake.web.mail_stop import mail_stop
from openspaces.intake.web.mine import me
from openspaces.intake.web.notices import notices
from openspaces.intake.web.planning import plan
from openspaces.intake.web.small import look_alike
from openspaces.intake.web.staff import staff
from openspaces.intake.web.stars import star
from openspaces.intake.web.taking_up import take_up
from openspaces.intake.web.voices import nobody_here, report
from openspaces.intake.web.wishing import understood

urlpatterns = [
    path("<slug:event>/cells/<str:cell>/", cell),
    path("<slug:event>/cards/new/", new),
    path("<slug:event>/cards/<str:code>/co-host/", co_host),
    path("<slug:event>/cards/<str:code>/deals/", deals),
    path("<slug:event>/cards/<str:code>/edit/", edit),
    path("<slug:event>/cards/<str:code>/nobody-here/", nobody_here),
    path("<slug:event>/cards/<str:code>/report/", report),
    path("<slug:event>/cards/<str:code>/star/", star),
    path("<slug:event>/cards/<str:code>/take-up/", take_up),
    path("<slug:event>/contests/<str:number>/", contest),
    path("<slug:event>/contests/<str:number>/count", count),
    path("<slug:event>/desk/", include("openspaces.intake.web.desk.urls")),
    path("<slug:event>/giggity/", giggity),
    path("<slug:event>/here/", here),
    path("<slug:event>/mail/stop/<str:key>", mail_stop),
    path("<slug:event>/mine/", mine),
    path("<slug:event>/mine.json", export),
    path("<slug:event>/notices/", notices),
    path("<slug:event>/planned/new/", plan),
    path("<slug:event>/screen/code", screen_code),
    path("<slug:event>/similar/", look_alike),
    path("<slug:event>/staff/", staff),
    path("<slug:event>/understood/", understood),
    path("<slug:event>/me", me),
]
