namespace SmsCampaign.EngineTrial.Machines;

/// <summary>Network namespaces on one bridge of this machine: 10.77.0.1 is the database's, each node has its
/// own.</summary>
sealed class Network : IDisposable
{
    public const string Database = "10.77.0.1";
    const string Bridge = "trial0";

    readonly int _nodes;

    public Network(int nodes)
    {
        _nodes = nodes;
        Dispose();
        Shell.Run("ip", "link", "add", Bridge, "type", "bridge");
        Shell.Run("ip", "addr", "add", $"{Database}/24", "dev", Bridge);
        Shell.Run("ip", "link", "set", Bridge, "up");
        for (var node = 0; node < nodes; node++)
        {
            Shell.Run("ip", "netns", "add", NamespaceOf(node));
            Shell.Run(
                "ip", "link", "add", $"trial-v{node}", "type", "veth",
                "peer", "name", "eth0", "netns", NamespaceOf(node));
            Shell.Run("ip", "link", "set", $"trial-v{node}", "master", Bridge, "up");
            In(node, "ip", "addr", "add", $"{AddressOf(node)}/24", "dev", "eth0");
            In(node, "ip", "link", "set", "eth0", "up");
            In(node, "ip", "link", "set", "lo", "up");
        }
    }

    public static string AddressOf(int node) => $"10.77.0.{11 + node}";

    public static string NamespaceOf(int node) => $"trial{node}";

    /// <summary>Drops without a word what a node sends to an address, or gets from it.</summary>
    public static void Cut(int node, string address, bool sent, bool received)
    {
        In(node, "nft", "add", "table", "ip", "cut");
        In(node, "nft", "add chain ip cut out { type filter hook output priority 0; }");
        In(node, "nft", "add chain ip cut in { type filter hook input priority 0; }");
        if (sent)
            In(node, "nft", $"add rule ip cut out ip daddr {address} drop");
        if (received)
            In(node, "nft", $"add rule ip cut in ip saddr {address} drop");
    }

    public static void Mend(int node) => In(node, "nft", "flush", "ruleset");

    public void Dispose()
    {
        for (var node = 0; node < _nodes; node++)
        {
            Try("ip", "link", "del", $"trial-v{node}");
            Try("ip", "netns", "del", NamespaceOf(node));
        }

        Try("ip", "link", "del", Bridge);
    }

    static void In(int node, params string[] command) =>
        Shell.Run("ip", ["netns", "exec", NamespaceOf(node), .. command]);

    static void Try(string command, params string[] arguments)
    {
        try
        {
            Shell.Run(command, arguments);
        }
        catch (InvalidOperationException)
        {
            // Was not there.
        }
    }
}
