"""Pure. The words that stand before English names: titles, first names, words that are no names at all."""


def word_set(text: str) -> frozenset[str]:
    """Read a table that is written as running words."""
    return frozenset(text.split())


# A title binds the surname behind it to the office-holder, even a usual one (Secretary Austin).
TITLES = word_set(
    """
    admiral adviser advisor aide amb ambassador attorney ayatollah captain chair chairman chairwoman chancellor chief col
    colonel commander commissioner counterpart counsellor dictator diplomat director doctor dr emir envoy fm gen general governor king
    lady leader lieutenant lord lt marshal minister mr mrs ms mullah negotiator officer pm pope premier pres president
    prime prince princess professor queen representative ruler sec secretary sheikh sir speaker spokesman spokesperson
    spokeswoman strongman sultan treasurer tsar undersecretary vp
    """
)

# These bind it to somebody else: Sen. Johnson is not the prime minister.
OTHER_TITLES = word_set("Congressman Congresswoman Gov Judge Justice Mayor Rep Sen Senator Sgt Sheriff St")

# What may stand with a capital directly before a surname without being a first name, at the start of a sentence or in a title.
FUNCTION_WORDS = word_set(
    """
    a about after again against ahead all also although amid among an and are around as asked at because before behind
    between both but by calls can could despite did does during each even ever following for former from had has have
    here how however if in incoming inside into is it its just last late later let like may meanwhile might more never new
    no nor not now of off on once only or out outgoing outside over per president-elect said saying says should since so still such tells than
    that the then there these this those though through to today together told tomorrow tonight toward towards under unless until upon urges versus
    via vs warns was watch we were what when where whether which while who why will with without would yesterday yet
    monday tuesday wednesday thursday friday saturday sunday
    """
)

# In a line whose every word has a capital, only these tell a namesake (Jill Biden) from a verb (Meets Biden).
FIRST_NAMES = word_set(
    """
    Aaron Adam Alan Alex Alexander Alice Amy Andrew Angela Ann Anna Anne Anthony Antonio Arthur Ashley Barbara Barron Ben Benjamin
    Bernard Bernie Beth Bill Bob Boris Brad Brandon Brian Brigitte Bruce Carl Carlos Carol Caroline Charles Charlie Charlotte Chelsea Cindy Clarence
    Chris Christian Christine Christopher Claire Clara Craig Dan Daniel Dave David Deborah Dennis Diana Diane Don
    Donald Doug Douglas Dwayne Ed Eddie Edward Elizabeth Ella Emily Emma Eric Erik Eva Evan Frank Fred Gary Gavin George Gerald Gina
    Gordon Graham Greg Hannah Harold Harry Heather Helen Henry Hillary Howard Hugh Hunter Ian Ivanka Jack Jackie
    Jacob James Jamie Jane Janet Jared Jason Jean Jeff Jeffrey Jennifer Jenny Jeremy Jerry Jesse Jessica Jill Jim Jimmy Joan
    Joe John Johnny Jonathan Jordan Joseph Josh Joshua Juan Judy Julia Julian Julie Justin Karen Karl Kate Katherine Kathleen
    Kathy Katie Keith Kelly Ken Kenneth Kerry Kevin Kim Kyle Lance Lara Larry Laura Lauren Lee Leo Leon Leonard Linda Lisa
    Louis Louise Lucas Lucy Luis Luke Malia Marc Marcus Margaret Maria Marie Mark Martha Martin Mary Matt Matthew
    Megan Melania Melissa Michael Michel Michelle Mick Mike Mitch Monica Morgan Nancy Naomi Natalie Nathan Neil Nicholas Nick Nicole
    Nigel Noah Oliver Olivia Oscar Pamela Patricia Patrick Paul Paula Pete Peter Phil Philip Rachel Ralph Rebecca
    Richard Rick Rob Robert Robin Rod Roger Ron Ronald Rory Roy Russell Ruth Ryan Sam Samantha Samuel Sandra Sara Sarah
    Sasha Scott Sean Serena Sharon Sidney Sydney Simon Sophia Sophie Stanley Stella Stephanie Stephen Steve Steven Stuart Sue Susan Ted Teresa Terry
    Theresa Thomas Tiffany Tim Timothy Tina Todd Tom Tommy Tony Tracy Tyler Vanessa Venus Vernon Victor Victoria Vincent Virginia Walter
    Warren Wayne Wendy William Zach Zoe
    """
)
