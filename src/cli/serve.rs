use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;

use super::{Done, Failure, SiteArguments, tell};
use crate::check::Unfinished;
use crate::diagnostic::Messages;
use crate::serve;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, default_value_t = 8080, value_name = "N")]
    port: u16,
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "ADDR")]
    host: IpAddr,
    #[arg(long)]
    drafts: bool,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done, Failure> {
    let unfinished = if arguments.drafts { Unfinished::Shown } else { Unfinished::LeftOut };
    let options = arguments.site.options(None, unfinished);
    let address = SocketAddr::new(arguments.host, arguments.port);
    serve::run(&arguments.site.root, address, options, Messages::new(messages.lang()), |address| {
        // Whoever started the server waits for this line; nobody reading it is no reason to stop.
        let _ = writeln!(io::stdout(), "http://{address}/");
        let desk = format!("http://{address}{}", serve::DESK);
        tell(&messages.ui("preview.desk", &[("address", (&desk).into())]));
    })?;
    Ok(Done::Well)
}
