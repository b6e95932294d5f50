using SmsCampaign.Files.Binding;

namespace SmsCampaign.Campaigns;

/// <summary>One key of the campaign file, with where its value is in a campaign that was read.</summary>
sealed record CampaignKey(string Name, KeyKind Kind, bool Required) : FileKey(Name, Kind, Required)
{
    /// <summary>The value as it is shown to whoever must decide on a change of it, and hashed: of the campaign, or of
    /// an item of the list it stands in. Null for a group of keys, and for what another key shows with it.</summary>
    public Func<object, string?>? Value { get; init; }

    /// <summary>Of a list of maps its items by name; of a filter its columns, each with its values as text.</summary>
    public Func<object, IEnumerable<(string Name, object Item)>>? Items { get; init; }

    /// <summary>Every value of a campaign as text, in the order of the keys.</summary>
    /// <returns>Keys as segments.NAME.priority, with the path of the key that declares each, as
    /// segments.priority.</returns>
    public static IEnumerable<(string Key, CampaignKey Declared, string Path, string Value)> ValuesOf(
        Campaign campaign) =>
        Walk(CampaignKeys.Root, campaign, "", "");

    static IEnumerable<(string Key, CampaignKey Declared, string Path, string Value)> Walk(
        CampaignKey inside, object owner, string prefix, string path)
    {
        foreach (var key in inside.Keys.Cast<CampaignKey>())
        {
            var (name, declared) = (prefix + key.Name, path + key.Name);
            if (key.Value is { } value)
                yield return (name, key, declared, value(owner) ?? "");

            var below = key.Items?.Invoke(owner).SelectMany(item => item.Item is string text
                ? [($"{name}.{item.Name}", key, declared, text)]
                : Walk(key, item.Item, $"{name}.{item.Name}.", declared + "."))
                ?? Walk(key, owner, name + ".", declared + ".");
            foreach (var each in below)
                yield return each;
        }
    }
}
