//! Names by which a server may be called.

use std::net::IpAddr;

/// Names by which a request may call a server.
#[derive(Debug)]
pub(super) struct AllowedHosts {
    address: IpAddr,
    allowed: Vec<String>,
}

impl AllowedHosts {
    /// The address itself, `localhost` if it is this machine's, and the given names. If it is every address of the machine,
    /// every address is allowed: the page of a stranger can't be called by one.
    pub(super) fn of(address: IpAddr, allowed: &[String]) -> Self {
        Self { address, allowed: allowed.iter().map(|name| name.trim_end_matches('.').to_ascii_lowercase()).collect() }
    }

    /// True if a `Host` (RFC 9110, §7.2), a name with or without a port, is one of them.
    pub(super) fn has(&self, host: &str) -> bool {
        let host = host.trim();
        let name = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
            Some((address, _)) => address,
            None => host.split(':').next().unwrap_or_default(),
        };
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let is_local = self.address.is_loopback() || self.address.is_unspecified();
        if self.allowed.contains(&name) || is_local && (name == "localhost" || name.ends_with(".localhost")) {
            return true;
        }
        name.parse::<IpAddr>().is_ok_and(|called| {
            called == self.address
                || self.address.is_unspecified()
                || self.address.is_loopback() && called.is_loopback()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn a_server_is_called_by_its_address_by_localhost_and_by_names_that_were_given() {
        let here = AllowedHosts::of(Ipv4Addr::LOCALHOST.into(), &["Anteprima.Comune.example.it".to_owned()]);
        for host in [
            "127.0.0.1:8080",
            "127.0.0.1",
            "localhost:8080",
            "LOCALHOST",
            "[::1]:8080",
            "a.localhost",
            "localhost.",
            "anteprima.comune.example.it:8080",
        ] {
            assert!(here.has(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8080",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "10.0.0.1",
            "[::2]",
            "example.it",
            "127.0.0.1@evil.example",
            "2130706433",
        ] {
            assert!(!here.has(host), "{host}");
        }
    }

    #[test]
    fn a_server_on_every_address_is_called_by_each_and_by_no_name() {
        let all = AllowedHosts::of(Ipv6Addr::UNSPECIFIED.into(), &[]);
        assert!(all.has("192.168.1.5:8080") && all.has("[fe80::1]:8080") && all.has("localhost"));
        assert!(!all.has("evil.example") && !all.has("192.168.1.5.nip.io"));
        let one = AllowedHosts::of(Ipv4Addr::new(192, 168, 1, 5).into(), &[]);
        assert!(one.has("192.168.1.5") && !one.has("localhost") && !one.has("192.168.1.6"));
    }
}
