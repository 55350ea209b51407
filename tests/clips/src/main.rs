//! `clip`: writes a clip for a browser's fake camera, dumps hard frames, or measures the decoder on seeded clips.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clips::card::Card;
use clips::pose::{HEIGHT, Hand, Pose, WIDTH};
use clips::random::Chance;
use clips::scene::Light;
use clips::{Clip, mjpeg, rate};
use fast_qr::ECL;

const HELP: &str = "\
Clips of door cards before a camera.

  clip --out FILE.mjpeg --url URL [--url URL ...]   a clip for --use-file-for-fake-video-capture;
  clip --out FILE.mjpeg --image CARD.png            several cards follow each other
      --angle DEGREES   how far aslant (30)         --roll DEGREES   turn of the picture (12)
      --size PIXELS     width of the code (260)     --seconds S      for each card (2)
      --width MM        of the card in --image (105)
      --hard SEED       unsteady hand and stairwell light of a seed instead
  clip --measure N [--from SEED]                    P13 on N seeded clips, with the naive way beside it
  clip --dump DIR --measure N [--from SEED]         the frames of N clips as PGM, for other decoders
";

struct Asked {
    out: Option<PathBuf>,
    dump: Option<PathBuf>,
    cards: Vec<(String, bool)>,
    numbers: [f32; 5],
    hard: Option<u64>,
    measure: Option<u64>,
    from: u64,
}

const ANGLE: usize = 0;
const ROLL: usize = 1;
const SIZE: usize = 2;
const SECONDS: usize = 3;
const MM: usize = 4;

fn main() -> ExitCode {
    match asked().and_then(|asked| run(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(io::stderr(), "{why}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> Result<Asked, String> {
    let mut asked = Asked {
        out: None,
        dump: None,
        cards: Vec::new(),
        numbers: [30.0, 12.0, 260.0, 2.0, 105.0],
        hard: None,
        measure: None,
        from: 0,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(HELP)?;
        let number = || value.parse::<f32>().map_err(|_| format!("{word} takes a number, not {value}"));
        let count = || value.parse::<u64>().map_err(|_| format!("{word} takes a whole number, not {value}"));
        match word.as_str() {
            "--out" => asked.out = Some(value.into()),
            "--dump" => asked.dump = Some(value.into()),
            "--url" => asked.cards.push((value, false)),
            "--image" => asked.cards.push((value, true)),
            "--angle" => asked.numbers[ANGLE] = number()?,
            "--roll" => asked.numbers[ROLL] = number()?,
            "--size" => asked.numbers[SIZE] = number()?,
            "--seconds" => asked.numbers[SECONDS] = number()?,
            "--width" => asked.numbers[MM] = number()?,
            "--hard" => asked.hard = Some(count()?),
            "--measure" => asked.measure = Some(count()?),
            "--from" => asked.from = count()?,
            _ => return Err(HELP.to_owned()),
        }
    }
    Ok(asked)
}

fn run(asked: &Asked) -> Result<(), String> {
    if let (Some(dir), Some(count)) = (&asked.dump, asked.measure) {
        return dump(dir, asked.from..asked.from + count)
            .map_err(|error| format!("{}: {error}", dir.display()));
    }
    if let Some(count) = asked.measure {
        return measure(asked.from..asked.from + count);
    }
    match &asked.out {
        Some(out) if !asked.cards.is_empty() => film(asked, out),
        _ => Err(HELP.to_owned()),
    }
}

/// Writes each card's clip after the other.
fn film(asked: &Asked, path: &Path) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", path.display());
    let mut out = BufWriter::new(File::create(path).map_err(failed)?);
    for (text, picture) in &asked.cards {
        let mut chance = Chance::new(asked.hard.unwrap_or(7));
        let card = if *picture {
            Card::from_png(Path::new(text), asked.numbers[MM]).map_err(|bad| bad.0)?
        } else {
            Card::door(text, ECL::Q, &mut chance)
        };
        let (hand, light) = if asked.hard.is_some() {
            (Hand::unsteady(&mut chance), Light::stairwell(&mut chance))
        } else {
            let pose = Pose {
                roll: asked.numbers[ROLL].to_radians(),
                tilt: asked.numbers[ANGLE].to_radians(),
                lean: 0.4,
                at: (WIDTH as f32 * 0.48, HEIGHT as f32 * 0.53),
                size: asked.numbers[SIZE],
            };
            (Hand::still(pose), Light::calm())
        };
        let frames = (asked.numbers[SECONDS] * clips::RATE).max(1.0) as usize;
        for frame in Clip::of(card, hand, light).take(frames) {
            mjpeg::append(&mut out, &frame).map_err(failed)?;
        }
    }
    out.flush().map_err(failed)
}

fn dump(dir: &Path, seeds: std::ops::Range<u64>) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for seed in seeds {
        for (at, frame) in Clip::hard(&rate::text_of(seed), seed).take(10).enumerate() {
            let mut file = BufWriter::new(File::create(dir.join(format!("{seed:04}-{at}.pgm")))?);
            write!(file, "P5\n{WIDTH} {HEIGHT}\n255\n")?;
            file.write_all(&frame)?;
        }
    }
    Ok(())
}

fn measure(seeds: std::ops::Range<u64>) -> Result<(), String> {
    // The control stops with assertions on noisy frames; they are counted, not shown.
    std::panic::set_hook(Box::new(|_| {}));
    let rates = rate::measure(seeds);
    let mut out = io::stdout();
    for (name, rate) in [("decoder", rates.ours), ("naive", rates.naive)] {
        writeln!(
            out,
            "{name:8} clips read within 1 s {}/{} ({:.1} %), single frames {:.1} %, {:.1} ms a frame",
            rate.clips_read,
            rate.clips,
            rate.clip_share() * 100.0,
            rate.frame_share() * 100.0,
            rate.milliseconds()
        )
        .map_err(|error| error.to_string())?;
    }
    Ok(())
}
