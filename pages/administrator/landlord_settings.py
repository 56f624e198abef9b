"""Settings: what each landlord decided about its own records, versioned and with the reason."""

from ui.administration import setting_parts, threshold_parts

code = setting_parts.choose_landlord()
if code:
    setting_parts.standing(code)
    setting_parts.change(code)
    threshold_parts.standing(code)
    threshold_parts.change(code)
