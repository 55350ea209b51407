//! The names of what facts say: jobs, outcomes, needs, payments, flags, refusals. Everybody reads them.
//! How to add one: see the module above.

use super::texts;

texts! { facts {
    // Kinds of job.
    job_deliver_order;
    job_parcel;
    job_errand;
    job_medicine;
    job_letter;
    job_rubbish;
    job_knock;
    job_sample;
    job_notice;
    job_other;

    // Outcomes: proof of delivery, failed attempts.
    handed_over;
    done_job;
    left_at_door;
    given_to_neighbour(who: &str);
    nobody_home;
    no_access;
    refused_at_door;
    wrong_address;
    short_or_damaged(what: &str);
    not_done_because(why: &str);

    // States of a job.
    job_open;
    job_done;
    job_failed;
    job_conflict;
    job_disputed;

    // Categories of need.
    medical;
    medicine;
    food;
    repair;
    health_code;
    traffic;
    policy;
    education;
    counselling;
    suggestion;
    complaint;
    praise;

    // States of a need.
    need_reported;
    need_read;
    need_taken;
    need_answered;
    need_closed;
    need_reopened;
    need_sorted;
    urgent_word;
    told_at_door;
    told_by_call;
    told_on_paper;
    told_in_chat;

    // Payment.
    paid;
    unpaid;
    refund_due;
    pay_nothing;
    pay_elsewhere;
    pay_on_delivery;

    // Substitution.
    substitute_yes;
    substitute_no;
    substitute_ask;

    // The household's word against a mark.
    says_wrong;
    says_never_arrived;
    says_not_done;

    // Flags.
    flag_no_longer_assigned;
    flag_clock_wrong;
    flag_run_over;
    flag_unknown_job;
    flag_after_seal;
    flag_late_dispute;
    flag_unconfirmed;
    flag_hand_over_unheard;

    // Made without signal.
    sent_later(clock: &str);

    // Refusals: what happened and what to do.
    refuse_not_allowed;
    refuse_no_such_run;
    refuse_not_open_yet;
    refuse_closed;
    refuse_changed_meanwhile;
    refuse_not_offered(menu: &str);
    refuse_menu_changed(menu: &str);
    refuse_over_limit(menu: &str, limit: u16);
    refuse_wrong_picks(menu: &str, choose: u8);
    refuse_sold_out(menu: &str);
    refuse_only_left(menu: &str, left: u32);
    refuse_unknown;
    refuse_malformed;
    refuse_unknown_version;
    refuse_already_closed;
    refuse_no_boxes;

    // People and programs.
    your_household;
    household_itself;
    steward;
    volunteer;
    desk;
    supplier;
    resident;
    the_program;

    // Units.
    amount(quantity: &str, unit: domain::Unit);

    // Diets.
    diet_halal;
    diet_vegetarian;
    diet_low_sugar;

    // Places.
    building(label: &str);
    building_unit(label: &str, unit: u8);
    floor(floor: i8);
} }
