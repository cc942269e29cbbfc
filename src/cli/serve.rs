use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;

use super::{Done, Failure, SiteArguments, print_message};
use crate::check::Drafts;
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
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    #[arg(long)]
    drafts: bool,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done, Failure> {
    let drafts = if arguments.drafts { Drafts::Include } else { Drafts::Exclude };
    let options = arguments.site.options(None, drafts);
    let address = SocketAddr::new(arguments.host, arguments.port);
    let ready = |address: SocketAddr| {
        // The program that started the server waits for this line; it is no error if nobody reads it.
        let _ = writeln!(io::stdout(), "http://{address}/");
        let desk = format!("http://{address}{}", serve::DESK);
        print_message(&messages.ui("preview.desk", &[("address", (&desk).into())]));
        if !address.ip().is_loopback() {
            print_message(&messages.ui("preview.reachable", &[]));
            if arguments.drafts {
                print_message(&messages.ui("preview.drafts_reachable", &[]));
            }
        }
    };
    let messages = Messages::new(messages.lang());
    serve::run(&arguments.site.root, address, &arguments.allow_host, options, messages, ready)?;
    Ok(Done::Well)
}
