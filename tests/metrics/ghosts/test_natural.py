"""Sentences as people who take calls write them, not made from the lexicon: how many are heard, how many misheard."""

import polars as pl

from metrics.ghosts import DEFAULT
from metrics.ghosts.matching import dissatisfied

DISSATISFIED = (
    "T called again re: damp, this is the 4th time she has had to ring us.",
    "Mr absolutely furious, operative did not turn up AGAIN",
    "tenant not happy with the standard of plastering in hallway",
    "Rang to say nobody has been out despite two appointments.",
    "resident v upset on phone as still no hot water after 3 weeks",
    "She has been waiting since October for the window to be replaced and has heard nothing.",
    "Caller says the contractor failed to attend this morning, took day off work.",
    "wants to make a complaint re. the way she was spoken to",
    "Customer dissatisfied with response from surveyor.",
    "Says we keep fobbing him off",
    "resident states she's had enough of being passed from one team to another",
    "He feels ignored, emailed 5 times with no response.",
    "Tenant complaining that the repair has not been completed properly and leak is back.",
    "3rd call this week chasing an appointment",
    "Very disappointed that no-one rang back as promised.",
    "Says it's disgusting how long this has taken",
    "Asked to speak to a manager because nothing is being done.",
    "Appointment cancelled for the third time, resident frustrated.",
    "Not acceptable to leave an elderly lady without heating, says daughter.",
    "ten unhappy w/ lack of communication",
    "Feels let down by the landlord.",
    "still havent had a call back about the roof",
    "Reported five times and nothing has happened.",
    "Fedup with the noise from the pump, reported months ago",
    "Threatening to go to the Ombudsman if not sorted.",
    "Would like to raise a formal complaint about the delays.",
    "The mould has come back again and she is sick of reporting it.",
    "Resident angry that operative left without finishing the job.",
    "She was promised a visit on Monday and no one showed.",
    "Job closed without being done, tenant is annoyed.",
    "has been chasing this since the summer",
    "It has been going on for months with no resolution.",
    "Waited in all day, no show.",
    "Complained about poor workmanship on kitchen.",
    "Says service is appalling and staff are rude.",
    "Nobody ever calls back when they say they will.",
    "Daughter rang on her behalf, unhappy that mum still has no working lift.",
    "Tenant wishes to complain regarding missed appointments",
    "no one has got back to him about his complaint",
    "Fuming. Third missed appointment.",
)
NEUTRAL = (
    "Boiler not working, no heating or hot water. Job raised.",
    "Reporting a leak under the kitchen sink, started this morning.",
    "Called to book gas safety check.",
    "Tenant happy with the repair, job closed.",
    "Thanked us for the quick visit, very pleased.",
    "No complaints about the operative at all.",
    "Tenant not unhappy with date offered.",
    "Neighbour's dog barking at night, ASB form sent.",
    "Asked when the bins are collected.",
    "Rent query, balance given.",
    "Wants to know how to apply for a transfer.",
    "Key fob not working, replacement ordered.",
    "Resident waiting in for operative, confirmed he is on his way.",
    "First time reporting mould in the bathroom.",
    "Moved the appointment to Thursday at the tenant's request.",
    "Asked for the complaints policy for her college course.",
    "She has no issues with the contractor and would recommend him.",
    "Light out on second floor landing.",
    "Surveyor confirmed next visit is on the 14th.",
    "Fence panel down after the storm.",
    "Left voicemail, no answer, will try again tomorrow.",
    "Payment plan agreed for arrears.",
    "Never had a problem before, tap dripping since last night.",
    "Change of name after marriage.",
    "Asked whether he can paint the front door.",
    "Not bothered about the delay, any day suits.",
    "Welfare call made, all well.",
    "Outlet downpipe blocked, gutter overflowing.",
    "Tenant can't complain, everything fine.",
    "Requested a copy of the electrical certificate.",
    "Wants the repair text to go to her husband's phone.",
    "New tenant, asked how to report repairs.",
    "Rang to say the job is now done and she has no complaint.",
    "Contractor called to get access details.",
    "Toilet not flushing, only one in the property.",
    "Smoke alarm chirping, battery replaced over the phone.",
    "Says she isn't upset, just wanted it noted.",
    "Asked for a second time slot in case she is late.",
    "Window handle loose in back bedroom.",
    "Says the plasterer did a lovely job.",
)


def test_nine_in_ten_are_heard() -> None:
    heard = dissatisfied(pl.Series(DISSATISFIED), DEFAULT)
    missed = [note for note, hit in zip(DISSATISFIED, heard, strict=True) if not hit]
    assert len(missed) <= 0.10 * len(DISSATISFIED), missed


def test_of_those_heard_nineteen_in_twenty_are_dissatisfied() -> None:
    misheard = [note for note, hit in zip(NEUTRAL, dissatisfied(pl.Series(NEUTRAL), DEFAULT), strict=True) if hit]
    heard = int(dissatisfied(pl.Series(DISSATISFIED), DEFAULT).sum())
    assert heard / (heard + len(misheard)) >= 0.95, misheard
