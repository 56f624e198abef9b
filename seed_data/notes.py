"""What contact notes say. Invented sentences; `{about}` is filled with the service area in lower case."""

FIRST_REPORTS = (
    "First report about {about}. Resident asks for a visit.",
    "Reporting {about} for the first time, started at the weekend.",
    "Would like someone to look at {about}. Home all week after two.",
    "New request: {about}. Photos sent by email.",
    "Resident rang to report {about}. Appointment offered and accepted.",
    "Neighbour passed on a report of {about} on the landing.",
    "Online form received, subject {about}.",
    "Asks how to report {about} and was talked through the form.",
)
# Words of dissatisfaction turned round, quoted or about somebody else: no reader should take them for dissatisfaction.
CONTENT = (
    "Says she is not unhappy with the visit, only wants to know the date of the next one.",
    "He is not fed up with anyone, just asking who holds the key.",
    "No complaint to make, rang to thank the plasterer.",
    "Was never unhappy about {about}, wants the reference number for her daughter.",
    "Does not want to complain, only to change the appointment from Tuesday to Thursday.",
)
QUESTIONS = (
    "Asked for the opening hours of the office.",
    "Wants a copy of the tenancy agreement.",
    "Balance given, payment taken for the rent account.",
    "Asked whether the lift in the block will be serviced this month.",
    "New mobile number added to the account.",
    "Asked for a parking permit for a carer.",
    "Checking the date of the gas service.",
    "Wants to know who looks after the hedge at the back.",
)
APPOINTMENTS = (
    "Text sent: operative will attend between 8 and 12.",
    "Called resident, carpenter booked for Monday and plasterer to follow.",
    "Second trade booked as agreed with the resident.",
    "Appointment moved at the resident's request.",
    "Job in three visits: strip out, rewire, make good. Dates sent.",
)
COMPLAINTS = (
    "Resident wants to complain about {about}. Logged at stage 1.",
    "Complaint received about {about}, acknowledged by email.",
    "Unhappy with {about}; complaint opened and policy explained.",
    "Says nobody came and wishes to make a formal complaint about {about}.",
)
CHASERS = (
    "Chasing a reply to the open complaint about {about}.",
    "Rang for an update on the complaint, still waiting to hear from the officer.",
    "Third time calling about {about}, told the response is due this week.",
    "Fed up with the wait, officer will ring back today.",
    "Sent more photos for the complaint file.",
    "Asks when the investigating officer will visit.",
)
ESCALATIONS = (
    "Not satisfied with the stage 1 answer about {about}, asks for stage 2.",
    "Stage 2 requested: says the work promised has not been done.",
    "Wants the decision looked at by someone else. Stage 2 opened.",
)
ACKNOWLEDGED = ("Acknowledgement sent with the complaint definition.", "Letter of acknowledgement sent, officer named.")
ANSWERED = ("Response sent with escalation rights.", "Full response posted and emailed.")
FOLLOW_UPS = (
    "Agreed follow-up: surveyor rang to confirm the visit promised in the response.",
    "Follow-up call as agreed, works on programme.",
    "Post-inspection booked as set out in the response.",
)
THANKS = (
    "Confirmed the visit agreed in the letter.",
    "Thanked the officer for ringing back.",
    "Will be in on the day the works were booked for.",
)
WITH_OMBUDSMAN = (
    "Housing Ombudsman asked for the case file.",
    "Evidence sent to the Housing Ombudsman.",
    "Housing Ombudsman asked for a review of the evidence list.",
)

# --- what hides outside the stages ---
INFORMAL_LABELS = (
    "Informal complaint",
    "Stage 0",
    "Quick fix",
    "Pre-complaint",
    "Local resolution",
    "Early resolution",
    "Service recovery",
    "First point of contact",
    "Triage",
    "Concern",
)
AFTER_LABELS = ("Stage 3 panel", "Appeal", "Panel", "Director's review")
DISSATISFIED = (
    "Resident unhappy with how {about} was left, supervisor will sort it.",
    "Third time she has rung about {about}. Promised a call back.",
    "Still waiting for {about} to be dealt with, says no one came on Friday.",
    "Chased again about {about}; fed up with being passed round.",
    "Wants to complain about {about}. Told we will try to put it right first.",
    "Very upset, no one came for {about}. Left with the team leader.",
    "He has chased this twice and is still waiting.",
    "Says it is a disgrace, fed up, three visits and {about} is no better.",
)
PLAIN = (
    "Ringing about {about} at the same address.",
    "Call about {about}, passed to the team.",
    "Message left about {about}.",
    "Asks what is happening with {about}.",
)
INFORMAL_NOTES = (
    "Dealt with by the supervisor, no further action.",
    "Team leader visited and agreed next steps.",
    "Handled in the team as agreed with the resident.",
    "Extra visit arranged, closed.",
)
THIRD_PARTY = (
    "Councillor writes that the resident is unhappy about {about} and still waiting for an answer.",
    "MP's office: constituent fed up with {about}, has chased several times.",
    "Advocate rang, client wants to complain about {about}.",
    "Solicitor's letter, client still waiting for {about} to be put right.",
)
GOODWILL = (
    "Goodwill",
    "Goodwill gesture",
    "Compensation",
    "Inconvenience payment",
    "Apology voucher",
    "Gesture for missed appointment",
)
# Payments of the ordinary kind: no reader should take them for redress.
ORDINARY_PAYMENTS = (
    "Decant allowance",
    "Home loss payment",
    "Disturbance payment",
    "Heating allowance",
    "Right to repair",
    "Decoration allowance",
)
