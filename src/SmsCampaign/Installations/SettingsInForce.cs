using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Files.Json;

namespace SmsCampaign.Installations;

/// <summary>From where a setting comes.</summary>
public enum SettingSource
{
    /// <summary>Nothing says it.</summary>
    Default,

    /// <summary>The installation file.</summary>
    File,

    /// <summary>A variable of this process.</summary>
    Environment,
}

/// <summary>A setting that is in force.</summary>
/// <param name="Key">As lanes.viettel.rate.</param>
/// <param name="Value">What may be shown of it; null: nothing.</param>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Variable">That replaces it, or that its value names.</param>
public sealed record SettingInForce(string Key, string? Value, SettingSource Source, int? Line, string? Variable);

/// <summary>What is in force of an installation file and from where, to be shown: no secret, and nothing of an address
/// but its machine.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Installation">Null where a problem is an error.</param>
/// <param name="Settings">In the order of the file's sections; empty where there is no installation.</param>
public sealed partial record SettingsInForce(
    string Path,
    Installation? Installation,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<SettingInForce> Settings)
{
    /// <summary>Fields that a lane sends as they stand: what is in them may be a secret, whatever its name.</summary>
    static readonly HashSet<string> Sent = ["headers", "query", "form", "body", "item"];

    public static SettingsInForce Read(string path)
    {
        var reading = Installation.Read(path);
        if (reading.Installation is not { } installation || new JsonFile(path).Read() is not { } root)
            return new SettingsInForce(path, null, reading.Problems, []);

        SettingsEnvironment.Override(root, System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(each => (string)each.Key, each => (string?)each.Value ?? "", StringComparer.Ordinal));
        var settings = new List<SettingInForce>();
        foreach (var property in SettingsBinder.PropertiesOf(typeof(InstallationSettings)))
        {
            var key = SettingsBinder.KeyOf(property);
            var section = SettingsBinder.FindOf(property, root);
            if (key == "lanes")
            {
                foreach (var lane in installation.Lanes)
                    AddAll($"{key}.{lane.Name}.", lane.Options, lane.Options.Written, settings);
            }
            else if (typeof(Installation).GetProperty(property.Name)?.GetValue(installation) is { } value)
            {
                Add(key, value, section, settings);
            }
            else if (section is not null)
            {
                AddWritten(key, section, settings);
            }
        }

        return new SettingsInForce(path, installation, reading.Problems, settings);
    }

    static void AddAll(string prefix, object settings, FileNode? section, List<SettingInForce> to)
    {
        foreach (var property in SettingsBinder.PropertiesOf(settings.GetType()))
        {
            var key = prefix + SettingsBinder.KeyOf(property);
            var node = section is null ? null : SettingsBinder.FindOf(property, section);
            if (property.IsDefined(typeof(SecretAttribute)) || Sent.Contains(SettingsBinder.KeyOf(property)))
                AddHidden(key, node, to);
            else
                Add(key, property.GetValue(settings), node, to);
        }
    }

    /// <summary>That it is set, and where its value is; never the value.</summary>
    static void AddHidden(string key, FileNode? node, List<SettingInForce> to)
    {
        if (node is not null)
            to.Add(Of(key, null, node));
    }

    static void Add(string key, object? value, FileNode? node, List<SettingInForce> to)
    {
        switch (value)
        {
            case null:
                break;
            case JsonElement:
                AddHidden(key, node, to);
                break;
            case string text:
                to.Add(Of(key, node is null ? AddressIn(text) : IsShown(node) ? AddressIn(node.Text) : null, node));
                break;
            case Uri uri:
                to.Add(Of(key, node is null || IsShown(node) ? AddressOf(uri) : null, node));
                break;
            case bool or Enum:
                to.Add(Of(key, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!), node));
                break;
            case TimeSpan span:
                to.Add(Of(key, span.ToString("c", CultureInfo.InvariantCulture), node));
                break;
            case IFormattable plain when value.GetType().IsPrimitive || value is decimal or DateOnly or TimeOnly:
                to.Add(Of(key, plain.ToString(null, CultureInfo.InvariantCulture), node));
                break;
            case IDictionary table:
                foreach (var name in table.Keys.Cast<object>().Select(each => $"{each}").Order(StringComparer.Ordinal))
                    Add($"{key}.{name}", table[name], node?.Find(name), to);
                break;
            case IList list:
                for (var at = 0; at < list.Count; at++)
                    Add(
                        string.Create(CultureInfo.InvariantCulture, $"{key}[{at}]"),
                        list[at],
                        at < node?.Items.Count ? node.Items[at] : null,
                        to);
                break;
            default:
                AddAll(key + ".", value, node, to);
                break;
        }
    }

    /// <summary>Of a section that has no settings read of it: what is written, without its values.</summary>
    static void AddWritten(string key, FileNode section, List<SettingInForce> to)
    {
        foreach (var member in section.Members)
            to.Add(Of($"{key}.{member.Name}", IsShown(member.Value) ? member.Value.Text : null, member.Value));
    }

    static SettingInForce Of(string key, string? value, FileNode? node) => node is null
        ? new SettingInForce(key, value, SettingSource.Default, null, null)
        : node.Variable is { } variable
        ? new SettingInForce(key, value, SettingSource.Environment, null, variable)
        : new SettingInForce(
            key, value, SettingSource.File, node.Where.Line, Reference().Match(node.Text) is { Success: true } named
                ? named.Value
                : null);

    /// <summary>Whether it is as the file has it, and names no other place.</summary>
    static bool IsShown(FileNode node) => node.Variable is null && !Reference().IsMatch(node.Text);

    static string AddressIn(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? AddressOf(uri)
            : text;

    /// <summary>A path or a query may hold a secret, as a webhook's does.</summary>
    static string AddressOf(Uri uri) => !uri.IsAbsoluteUri ? "…"
        : $"{uri.Scheme}://{uri.Host}:{uri.Port}{(uri.PathAndQuery is "/" or "" ? "" : "/…")}";

    [GeneratedRegex(@"\$\{(env|file):[^}]*\}")]
    private static partial Regex Reference();
}
