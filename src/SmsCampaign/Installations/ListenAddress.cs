namespace SmsCampaign.Installations;

/// <summary>An address that this program listens at.</summary>
static class ListenAddress
{
    /// <summary>Whether it is http, an IP address or localhost, a port, and nothing behind it.</summary>
    public static bool IsGood(Uri address) =>
        address is { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" } && IsNumeric(address);

    /// <summary>Whether it is an address and no name, but for localhost: of a name Kestrel takes the port alone, on
    /// every address. Of IPv4 in four decimal parts, as everybody reads it: 127.1 and 0x7f000001 are numbers that
    /// .NET understands.</summary>
    static bool IsNumeric(Uri address) => address.HostNameType switch
    {
        UriHostNameType.IPv6 => true,
        UriHostNameType.IPv4 => address.OriginalString.Split("://")[^1].Split(':', '/')[0] == address.Host,
        _ => address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase),
    };
}
