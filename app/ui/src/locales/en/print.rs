//! English: texts on paper, such as letters, door cards, the order form, round sheets, labels; and the pick list.

words! {
    print_now = "Print";
    print_hint = "Your browser's own print works too. Choose A4, scale 100 %, no headers and footers.";
    open = "Open";
    which_building = "Which building";
    every_building = "Every building";
    which_run = "Which delivery";
    no_run = "No ordering window yet";
    no_run_more = "Open an ordering window first; then there are order forms, round sheets and labels to print.";
    nothing_to_print = "Nothing to print";
    for_doors = "For each door";
    for_deliveries = "For each delivery";

    letters = "Enrolment letters";
    letters_what = "One a household, with its sign-in code. Three a page: cut along the dashes, slip under the door.";
    cards = "Door cards";
    cards_what = "Hung at the door and scanned on delivery. Eight a page; the code holds nothing about anybody.";
    booklet = "Order forms";
    booklet_what = "For those without a phone: tick the boxes, write what is short, hand it to the steward.";
    rounds = "Round sheets";
    rounds_what = "By building and steward, floor by floor, with boxes to tick and a time. Nothing about health.";
    labels = "Box labels";
    labels_what = "For the supplier, by building: door, boxes, diet. Twenty-four a page.";
    gate = "Gate sheet";
    gate_what = "How many boxes each building takes, who took them, how many came back.";
    map = "Gate map";
    map_what = "Each building drawn: which door gets how many boxes tonight, who looks after which unit. No names, nothing about health.";
    fallback = "In case everything fails";
    fallback_what = "Tonight's round sheets of all buildings and the household list with phone numbers, in one go.";

    not_printable = "This can't be printed yet";
    not_printable_do = "Start the program with an https address that residents' phones can open (--acme, --tls-cert with --tls-key, or behind a proxy with --public-url), then come back.";
    see_cards_anyway = "Round sheets, labels and the household list print as usual.";

    letters_kill = "As soon as new letters are made, earlier ones of these households stop working. Phones signed in stay signed in.";
    letters_without_phone = "Only households without a phone signed in";
    letters_all = "Every household";
    letter_make = "Make a new letter";
    letters_once = "Print now: the codes show this once. After you leave the page, letters have to be made anew.";
    letters_nobody = "All these households have a phone signed in; there is no letter to print.";

    letter_title = "Order food and ask for help on your phone";
    letter_scan = "Scan the code with your phone's camera.";
    letter_press = "Tap “Yes, sign this phone in”.";
    letter_valid = "6 phones, valid 14 days";
    letter_keep = "Keep this letter to yourselves: it orders in your household's name.";
    day_and_night = "24 h";

    card_kill = "The old card stops working as soon as a new one is made. Please take it down.";
    card_again = "Replace the card";
    card_line = "Door card: the steward scans this on delivery. It holds nothing about you.";
    card_none = "There are no door cards here yet.";

    booklet_title = "Order form";
    booklet_or_call = "or call";
    field_building = "Building";
    field_door = "Door";
    field_name = "Name";
    if_missing = "If something is missing";
    other_needs = "What else you need";
    other_needs_how = "For medicine: its name, and how many days are left.";
    urgent_call = "Urgent? Don't write: call now";
    signature = "Signature";
    only_without_phone = "Only households without a phone";
    for_everyone = "For every household";
    everyone_has_phone = "Every household of this building has a phone signed in.";

    nobody_in_charge = "No steward yet";
    taken_out = "Taken";
    brought_back = "Brought back";
    floor = "Floor";
    door = "Door";
    gets = "Gets";
    notes = "Note";
    tick_handed = "In hand";
    tick_left = "At door";
    tick_neighbour = "Neighbour";
    tick_nobody = "Nobody";
    tick_other = "Other";
    time_and_why = "Time, reason";
    away = "Nobody home";
    round_foot = "One tick a door, with the time. Bring it back to the desk, which keys it in with the true time.";

    gate_title = "Gate sheet";
    gate_lead = "Count by building; whoever takes boxes signs with the time. Count again what comes back.";
    gate_taken_by = "Taken by";
    gate_time = "Time";
    gate_building = "Building";
    gate_sum = "Total";
    map_due = "boxes to bring";
    map_done = "delivered";
    map_nothing = "nothing this time";
    from_the_top = "From the top down";
    from_the_ground = "From the ground up";
    form_code = "Code to key in";

    fallback_steps = "When network or power fail";
    fallback_one = "Give each steward the round sheets; they deliver by them, one tick a door with the time.";
    fallback_two = "Write calls into the “Note” column of the household list; for emergencies call the ambulance at once.";
    fallback_three = "Afterwards, under “Print”, “Key in a round sheet”: a whole sheet at once, with the times written on it.";
    fallback_keep = "This list holds phone numbers: keep it at the desk, destroy it afterwards.";
    people = "People";
    over_60 = "Over 60";
    speaks = "Language";
    phone = "Phone";
    no_door = "Households without a door";

    pick_list = "Pick list";
    pick_lists_lead = "One pick list for each ordering window. Once it is sealed households change nothing more; what the desk still changes for them is said here and listed under “Changes after sealing”.";
    draft_list = "Not published yet";
    totals = "Totals";
    by_menu = "By menu";
    by_item = "By item";
    by_building = "By building";
    menu = "Menu";
    item = "Item";
    amount = "Amount";
    boxes = "Boxes";
    households = "Households";
    sum = "Total";
    price = "Price";
    substitutions = "If something is missing";
    substitutions_lead = "What households said when they ordered. Where it says “ask me”, tell the community desk first.";
    baskets = "Every basket";
    basket = "Basket";
    may_swap = "If missing";
    picked = "picked";
    differences = "Changes after sealing";
    differences_lead = "They are counted above already.";
    differences_none = "No changes after sealing.";
    short = "Short or damaged";
    short_lead = "What was found at the doors, as the last mark there says.";
    short_what = "What";
    short_unnamed = "not said which";
    changed_at = "When";
    is_now = "Is now";
    cancelled = "cancelled";
    as_xlsx = "Download as a spreadsheet";
    no_orders = "No orders yet.";
    no_lists = "No pick list yet";
    no_lists_more = "When the community opens an ordering window, its pick list shows here.";
}

pub(crate) fn open_what(what: &str) -> String {
    format!("Open: {what}")
}

pub(crate) fn page_of(title: &str, what: &str) -> String {
    format!("{title}: {what}")
}

pub(crate) fn not_printable_why(address: &str) -> String {
    format!(
        "The program's address is {address}. Residents' phones can't open it safely, so a printed code would lead nowhere."
    )
}

pub(crate) fn letters_newer(count: u32) -> String {
    format!(
        "Households with a newer letter: {count}. It was printed after this page was made and is good; the older one is not shown."
    )
}

pub(crate) fn letters_lead(households: u32, where_: &str) -> String {
    format!("{where_}: {}.", counted(households, "household", "households"))
}

pub(crate) fn letter_lead(where_: &str) -> String {
    format!("A new enrolment letter for {where_}.")
}

pub(crate) fn letter_type(host: &str) -> String {
    format!("No camera? Open {host} and type the ten characters.")
}

pub(crate) fn letter_from(community: &str) -> String {
    format!("{community}, community desk")
}

pub(crate) fn cards_missing(missing: u32, doors: u32) -> String {
    format!("{doors} doors, {missing} of them without a card.")
}

pub(crate) fn cards_make(missing: u32) -> String {
    format!("Make {}", counted(missing, "new card", "new cards"))
}

pub(crate) fn booklet_delivered(span: &str) -> String {
    format!("Brought to your door {span}")
}

pub(crate) fn booklet_return(at: &str) -> String {
    format!("Hand this to your steward before {at}")
}

pub(crate) fn boxes_count(count: u16) -> String {
    if count == 1 { "1 box".to_owned() } else { format!("{count} boxes") }
}

pub(crate) fn tick_items(choose: u8, of: u32) -> String {
    format!("tick {choose} of {of}")
}

pub(crate) fn keeps(diets: &str) -> String {
    format!("Suits: {diets}")
}

pub(crate) fn booklet_for_building(forms: u32) -> String {
    format!("{}, one form each.", counted(forms, "household", "households"))
}

pub(crate) fn round_title(building: &str) -> String {
    format!("Round, {building}")
}

pub(crate) fn round_counts(stops: u32, boxes: u32) -> String {
    format!("{}, {}", counted(stops, "door", "doors"), counted(boxes, "box", "boxes"))
}

pub(crate) fn in_charge(names: &str) -> String {
    format!("Steward: {names}")
}

pub(crate) fn unit_row(unit: u8) -> String {
    format!("Unit {unit}")
}

pub(crate) fn basket_of(number: u32, of: u32) -> String {
    format!("{number} / {of}")
}

pub(crate) fn fallback_title(span: &str) -> String {
    format!("In case everything fails: {span}")
}

pub(crate) fn list_title(building: &str) -> String {
    format!("Households, {building}")
}

pub(crate) fn list_counts(households: u32, people: u32) -> String {
    format!("{}, {}", counted(households, "household", "households"), counted(people, "person", "people"))
}

pub(crate) fn provisional(version: u32, at: &str) -> String {
    format!("Provisional, version {version}, {at}")
}

pub(crate) fn changed_since(changes: u32) -> String {
    if changes == 1 { ", 1 change since".to_owned() } else { format!(", {changes} changes since") }
}

pub(crate) fn collect(amount: &str) -> String {
    format!("Collect {amount}")
}

pub(crate) fn to_collect(amount: &str) -> String {
    format!("to collect {amount}")
}

pub(crate) fn sealed_at(at: &str) -> String {
    format!("Sealed {at}")
}

pub(crate) fn provisional_more(at: &str) -> String {
    format!("Still moving: it is final once the window is sealed, {at}.")
}

pub(crate) fn delivered(span: &str) -> String {
    format!("Delivery {span}")
}

pub(crate) fn run_line(households: u32, boxes: u32) -> String {
    format!("{}, {}", counted(households, "household", "households"), counted(boxes, "box", "boxes"))
}

fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

pub(crate) fn map_foot(at: &str) -> String {
    format!("Printed {at}; what changed since is on the phones. Questions: call the community,")
}
