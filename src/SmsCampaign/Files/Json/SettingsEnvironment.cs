namespace SmsCampaign.Files.Json;

/// <summary>
/// What the environment puts in the place of an installation file's settings:
/// <c>SmsCampaign__lanes__viettel__rate=300</c> replaces one.
/// </summary>
static class SettingsEnvironment
{
    const string Prefix = "SmsCampaign__";

    /// <summary>Replaces or adds each setting that a variable names. Names are compared without regard to case, as
    /// Windows does.</summary>
    public static void Override(FileNode root, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (variable, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (variable.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                Set(root, variable, variable[Prefix.Length..].Split("__"), value);
        }
    }

    static void Set(FileNode owner, string variable, ReadOnlySpan<string> path, string value)
    {
        var where = new Place(variable);
        while (owner.Kind == NodeKind.List)
        {
            if (!int.TryParse(path[0], out var index) || index < 0 || index > owner.Items.Count)
                return;

            if (path.Length == 1)
            {
                var item = new FileNode(NodeKind.Text, value, where, variable);
                if (index == owner.Items.Count)
                    owner.Items.Add(item);
                else
                    owner.Items[index] = item;

                return;
            }

            if (index == owner.Items.Count)
                return;

            owner = owner.Items[index];
            path = path[1..];
        }

        var name = path[0];
        var at = owner.Members.FindIndex(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (path.Length > 1 && at >= 0)
        {
            Set(owner.Members[at].Value, variable, path[1..], value);
            return;
        }

        var node = path.Length > 1
            ? new FileNode(NodeKind.Map, "", where, variable)
            : new FileNode(NodeKind.Text, value, where, variable);
        if (at >= 0)
            owner.Members[at] = owner.Members[at] with { Value = node };
        else
            owner.Members.Add(new FileMember(name, where, node));

        if (path.Length > 1)
            Set(node, variable, path[1..], value);
    }
}
