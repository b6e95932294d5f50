using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmsCampaign.Files.Json;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// Every option of a settings object by its key, as text, for what an approval binds: all of them by reflection, so
/// that an option added later cannot be forgotten.
/// </summary>
/// <remarks>
/// A text is taken as it was written, before <c>${env:…}</c> and <c>${file:…}</c> are put in: the name of a secret is
/// among what is bound, its value is not. Of a text that an environment variable replaced (<c>SmsCampaign__…</c>) a
/// fingerprint is taken, for it may be a secret; of an option that must be one, the variable's name alone.
/// </remarks>
static class WrittenSettings
{
    /// <summary>Hexadecimal digits of a fingerprint.</summary>
    const int FingerprintLength = 16;

    /// <param name="written">The section it was read from; null where it was made in code.</param>
    /// <returns>Keys as answer.refused.12 and limits[0].most. Options that are not set are left out, defaults are not.
    /// Always the same list for the same settings.</returns>
    public static List<KeyValuePair<string, string>> Of(object settings, FileNode? written)
    {
        var options = new List<KeyValuePair<string, string>>();
        AddAll("", settings, written, options);
        return options;
    }

    static void AddAll(string prefix, object settings, FileNode? section, List<KeyValuePair<string, string>> to)
    {
        foreach (var property in SettingsBinder.PropertiesOf(settings.GetType()))
        {
            var key = prefix + SettingsBinder.KeyOf(property);
            var node = section is null ? null : SettingsBinder.FindOf(property, section);
            if (property.IsDefined(typeof(SecretAttribute)))
                AddSecret(key, property.GetValue(settings) as string, node, to);
            else
                Add(key, property.GetValue(settings), node, to);
        }
    }

    static void AddSecret(string key, string? value, FileNode? node, List<KeyValuePair<string, string>> to)
    {
        if (!string.IsNullOrEmpty(value))
            to.Add(new(key, node is null ? "***" : node.Variable ?? node.Text));
    }

    static void Add(string key, object? value, FileNode? node, List<KeyValuePair<string, string>> to)
    {
        switch (value)
        {
            case null:
                break;
            case JsonElement json:
                to.Add(new(key, (node?.ToJson(TextOf) ?? json).GetRawText()));
                break;
            case string text:
                to.Add(new(key, node is null ? text : TextOf(node)));
                break;
            case Uri uri:
                to.Add(new(key, AddressOf(uri, node)));
                break;
            case bool or Enum:
                to.Add(new(key, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!)));
                break;
            case TimeSpan span:
                to.Add(new(key, span.ToString("c", CultureInfo.InvariantCulture)));
                break;
            case decimal number:
                // 250 and 250.00 are one price
                to.Add(new(key, number.ToString("0.############", CultureInfo.InvariantCulture)));
                break;
            case int number:
                to.Add(new(key, number.ToString(CultureInfo.InvariantCulture)));
                break;
            case IDictionary table:
                foreach (var name in table.Keys.Cast<string>().Order(StringComparer.Ordinal))
                    Add($"{key}.{Quoted(name)}", table[name], node?.Find(name), to);
                break;
            case IList list:
                for (var at = 0; at < list.Count; at++)
                    Add(string.Create(CultureInfo.InvariantCulture, $"{key}[{at}]"), list[at], node?.Items[at], to);
                break;
            default:
                to.Add(new(key, "{…}")); // that it is there, whatever it says
                AddAll(key + ".", value, node, to);
                break;
        }
    }

    /// <summary>Where a message goes is never hidden behind a reference.</summary>
    static string AddressOf(Uri uri, FileNode? node) =>
        node is null || node is { Variable: null } && node.Text == uri.OriginalString
            ? uri.OriginalString
            : $"{TextOf(node)} → {uri.Scheme}://{uri.Authority}";

    static string TextOf(FileNode node) => node.Variable is null
        ? node.Text
        : $"{node.Variable} "
            + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(node.Text)))[..FingerprintLength]}";

    /// <summary>A name with a dot in it cannot pass for a key within a section.</summary>
    static string Quoted(string name) => name.AsSpan().ContainsAny(".[\"") ? JsonSerializer.Serialize(name) : name;
}
