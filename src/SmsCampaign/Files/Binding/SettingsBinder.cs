using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using SmsCampaign.Files.Json;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// A settings class whose values must fit one another, not only each its own range.
/// </summary>
interface ICheckedSettings
{
    /// <summary>Called once every single value is right. Keys are relative to the section, such as
    /// <c>answer.id</c>.</summary>
    IEnumerable<SettingsFault> Check();
}

/// <param name="Key">Relative to the section; empty for the section as a whole.</param>
public sealed record SettingsFault(string Key, Wording What)
{
    internal static SettingsFault Of(string key, Vietnamese vi, English en) => new(key, new Wording(vi, en));
}

/// <summary>
/// Fills a settings class from a section of the installation file that was held to its keys (<see cref="SettingKey"/>),
/// and notes everything that is wrong with it.
/// </summary>
/// <remarks>Nothing is corrected: a value that does not fit is a problem.</remarks>
sealed class SettingsBinder(SettingsReferences references)
{
    public List<Problem> Problems { get; } = [];

    readonly List<(FileNode At, string Text)> _secrets = [];

    int Errors => Problems.Count(problem => problem.Severity == Severity.Error);

    /// <summary>Holds a file to the keys of a settings class, and notes what does not fit.</summary>
    /// <returns>What fits.</returns>
    public FileNode Check(FileNode node, Type type)
    {
        var form = new JsonForm(references, Problems, (at, text) => _secrets.Add((at, text)));
        return new ShapeCheck(SettingKey.Of(type), form).CheckRoot(node);
    }

    /// <summary>Every text in a part of the file, as it was read, that came from the environment or a secret's file, so
    /// that it can be kept out of reasons and logs.</summary>
    public IReadOnlyList<string> SecretsIn(FileNode part)
    {
        var inside = part.WithAllBelow().ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return [.. _secrets.Where(secret => inside.Contains(secret.At)).Select(secret => secret.Text)
            .Where(secret => secret.Length > 0).Distinct()];
    }

    public T Bind<T>(FileNode node)
        where T : class => (T)Fill(Check(node, typeof(T)), typeof(T));

    /// <summary>The keys a settings class has. Those the program sets itself have no public setter.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) =>
        [.. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true })];

    public static string KeyOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>What a section says of a property; null where nothing.</summary>
    public static FileNode? FindOf(PropertyInfo property, FileNode section) =>
        section.Members.Find(member => JsonForm.Names(member, KeyOf(property)))?.Value;

    /// <param name="section">Held to the keys of the class.</param>
    /// <param name="declared">The class, or what its kinds derive from.</param>
    public object Fill(FileNode section, Type declared)
    {
        var type = SettingKey.Of(declared).ClassOf(section);
        var settings = Activator.CreateInstance(type)!;
        var before = Errors;
        foreach (var key in SettingKey.Of(type).Keys.Cast<SettingKey>())
        {
            if (section.Find(key.Name) is { IsRefused: false } node
                && Value(node, key.Property!.PropertyType) is (var value, true))
                key.Property.SetValue(settings, value);
        }

        if (settings is ICheckedSettings checkedSettings
            && section is { IsRefused: false, HasFaults: false }
            && Errors == before)
            Problems.AddRange(
                checkedSettings.Check().Select(fault => new Problem(PlaceOf(section, fault.Key), fault.What)));

        return settings;
    }

    static Place PlaceOf(FileNode node, string key)
    {
        var at = node;
        foreach (var name in key.Split('.'))
        {
            if (at.Find(name) is not { } next)
                break;

            at = next;
        }

        return key.Length == 0 ? node.Where : at.Where with { Key = $"{node.Where.Key}.{key}" };
    }

    /// <returns>With whether all of it is right.</returns>
    (object? Value, bool IsWhole) Value(FileNode node, Type type)
    {
        var before = Errors;
        var value = Convert(node, Nullable.GetUnderlyingType(type) ?? type);
        return (value, !node.HasFaults && Errors == before);
    }

    object Convert(FileNode node, Type type) => type switch
    {
        _ when type == typeof(JsonElement) => node.ToJson(text => text.Text),
        _ when type == typeof(string) => node.Text,
        _ when type == typeof(int) => int.CreateSaturating(BigInteger.Parse(node.Text, CultureInfo.InvariantCulture)),
        _ when type == typeof(decimal) => decimal.Parse(node.Text, CultureInfo.InvariantCulture),
        _ when type == typeof(bool) => node.Kind == NodeKind.True || node.Text == "true",
        _ when type == typeof(TimeSpan) => Duration.Parse(node.Text)!.Value,
        _ when type == typeof(Uri) => new Uri(node.Text, UriKind.Absolute),
        { IsEnum: true } => Enum.Parse(type, node.Text, ignoreCase: true),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(List<>) => List(node, type),
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Dictionary<,>) => Table(node, type),
        _ => Fill(node, type),
    };

    IList List(FileNode node, Type type)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var item in node.Items.Where(item => !item.IsRefused))
        {
            if (Value(item, type.GenericTypeArguments[0]) is (var value, true))
                list.Add(value);
        }

        return list;
    }

    IDictionary Table(FileNode node, Type type)
    {
        var table = (IDictionary)Activator.CreateInstance(type)!;
        foreach (var member in node.Members.Where(member => !member.Value.IsRefused))
        {
            if (Value(member.Value, type.GenericTypeArguments[1]) is (var value, true))
                table[member.Name] = value;
        }

        return table;
    }
}
