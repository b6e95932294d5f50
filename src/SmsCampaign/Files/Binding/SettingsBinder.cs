using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using SmsCampaign.Files.Json;
using SmsCampaign.Orthography;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// A settings class whose values must fit one another, not only each its own range.
/// </summary>
interface ICheckedSettings
{
    /// <summary>Called once every single value is right. Keys are relative to the section, such as <c>answer.id</c>.</summary>
    IEnumerable<SettingsFault> Check();
}

/// <param name="Key">Relative to the section; empty for the section as a whole.</param>
public sealed record SettingsFault(string Key, Wording What)
{
    internal static SettingsFault Of(string key, Vietnamese vi, English en) => new(key, new Wording(vi, en));
}

/// <summary>
/// Fills a settings class from a section of the installation file and notes everything that is wrong with it.
/// </summary>
/// <remarks>
/// A key is the property's name in camel case. Nothing is corrected: a value that does not fit is a problem. A value
/// that came from the environment or a secret's file is never shown.
/// </remarks>
sealed class SettingsBinder(SettingsReferences references)
{
    public List<Problem> Problems { get; } = [];

    /// <summary>Every text that came from the environment or a secret's file, so that it can be kept out of reasons and logs.</summary>
    public List<string> Secrets { get; } = [];

    public T Bind<T>(FileNode node)
        where T : class => (T)Bind(node, typeof(T));

    public object Bind(FileNode node, Type type)
    {
        var settings = Activator.CreateInstance(type)!;
        var before = Problems.Count(problem => problem.Severity == Severity.Error);

        if (node.Kind != NodeKind.Map)
        {
            Refuse(node, new Wording("một nhóm khóa trong { }", "a section in { }"));
            return settings;
        }

        var properties = PropertiesOf(type);
        var given = new HashSet<PropertyInfo>();
        foreach (var member in node.Members)
        {
            if (Find(properties, member) is not { } property)
            {
                RefuseUnknown(member, properties.Select(KeyOf));
                continue;
            }

            given.Add(property);
            if (property.IsDefined(typeof(SecretAttribute)) && IsWrittenOut(member.Value))
            {
                Problems.Add(new Problem(member.Value.Where, new Wording(
                    "Không viết giá trị bí mật vào tệp này. Hãy ghi ${env:TÊN_BIẾN} hoặc ${file:ĐƯỜNG_DẪN}, và đổi giá trị đã viết ra.",
                    "A secret may not stand in this file. Write ${env:NAME} or ${file:PATH}, and change the one that was written out.")));
                continue;
            }

            if (Convert(member.Value, property.PropertyType, out var value, property.GetCustomAttribute<SuchAsAttribute>()?.Example))
            {
                property.SetValue(settings, value);
                Problems.AddRange(SettingsChecks.Check(property, value, member));
            }
        }

        Problems.AddRange(properties
            .Where(property => !given.Contains(property) && property.IsDefined(typeof(RequiredAttribute)))
            .Select(property => SettingsChecks.Missing(node, KeyOf(property))));

        if (settings is ICheckedSettings checkedSettings
            && Problems.Count(problem => problem.Severity == Severity.Error) == before)
        {
            Problems.AddRange(checkedSettings.Check().Select(fault => new Problem(PlaceOf(node, fault.Key), fault.What)));
        }

        return settings;
    }

    static bool IsWrittenOut(FileNode node) =>
        node is { Kind: NodeKind.Text, Variable: null, Text.Length: > 0 } && !SettingsReferences.IsIn(node.Text);

    /// <summary>Reports a key that does not exist, with the one probably meant.</summary>
    public void RefuseUnknown(FileMember member, IEnumerable<string> known)
    {
        var meant = Spelling.Nearest(member.Name, known);
        Problems.Add(new Problem(member.Where, new Wording(
            $"Không có khóa '{member.Name}'." + (meant is null ? " Hãy bỏ khóa này." : $" Có phải là '{meant}' không?"),
            $"There is no key '{member.Name}'." + (meant is null ? " Remove it." : $" Did you mean '{meant}'?"))));
    }

    /// <summary>The keys a settings class has. Those the program sets itself have no public setter.</summary>
    public static IReadOnlyList<PropertyInfo> PropertiesOf(Type type) =>
        [.. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true })];

    public static string KeyOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    static PropertyInfo? Find(IReadOnlyList<PropertyInfo> properties, FileMember member) =>
        properties.FirstOrDefault(property => Names(member, property));

    /// <summary>What a section says of a property; null where nothing.</summary>
    public static FileNode? FindOf(PropertyInfo property, FileNode section) =>
        section.Members.Find(member => Names(member, property))?.Value;

    static bool Names(FileMember member, PropertyInfo property) => KeyOf(property).Equals(
        member.Name, member.Value.Variable is null ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

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

    bool Convert(FileNode node, Type type, out object? value, string? example = null)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        var before = Problems.Count;
        value = target switch
        {
            _ when target == typeof(JsonElement) => node.ToJson(Text),
            _ when target == typeof(string) => Scalar(node, Text, Expected.Text),

            // Too long to hold is as far out of range as can be: every whole number has a range, which is then told.
            _ when target == typeof(int) => Parse<BigInteger>(node, NumberStyles.AllowLeadingSign, Expected.WholeNumber) is BigInteger number
                ? int.CreateSaturating(number)
                : null,
            _ when target == typeof(decimal) =>
                Parse<decimal>(node, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, Expected.Number),
            _ when target == typeof(bool) => Flag(node),
            _ when target == typeof(TimeSpan) => Scalar(node, text => Duration.Parse(Text(text)), Expected.Duration),
            _ when target == typeof(Uri) => Scalar(
                node, text => Uri.TryCreate(Text(text), UriKind.Absolute, out var uri) ? uri : null, Expected.Address(example)),
            { IsEnum: true } => Choice(node, target),
            { IsGenericType: true } when target.GetGenericTypeDefinition() == typeof(List<>) => List(node, target),
            { IsGenericType: true } when target.GetGenericTypeDefinition() == typeof(Dictionary<,>) => Table(node, target),
            _ => Bind(node, target),
        };

        return Problems.Count == before;
    }

    object? Parse<T>(FileNode node, NumberStyles style, Wording expected)
        where T : struct, INumber<T>
    {
        var text = node.Text;
        return (node.Kind == NodeKind.Number || node.Variable is not null)
            && T.TryParse(text, style, CultureInfo.InvariantCulture, out var number)
            ? number
            : Refuse(node, expected);
    }

    object? Flag(FileNode node) => node switch
    {
        { Kind: NodeKind.True } or { Variable: not null, Text: "true" } => true,
        { Kind: NodeKind.False } or { Variable: not null, Text: "false" } => false,
        _ => Refuse(node, Expected.Flag),
    };

    object? Choice(FileNode node, Type type)
    {
        var names = Enum.GetNames(type);
        var at = node.Kind == NodeKind.Text
            ? Array.FindIndex(names, name => name.Equals(node.Text, StringComparison.OrdinalIgnoreCase))
            : -1;
        return at >= 0 ? Enum.Parse(type, names[at]) : Refuse(node, Expected.OneOf(names, node.Text));
    }

    IList List(FileNode node, Type type)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        if (node.Kind != NodeKind.List)
        {
            Refuse(node, Expected.List);
            return list;
        }

        foreach (var item in node.Items)
        {
            if (Convert(item, type.GenericTypeArguments[0], out var value))
                list.Add(value);
        }

        return list;
    }

    IDictionary Table(FileNode node, Type type)
    {
        var table = (IDictionary)Activator.CreateInstance(type)!;
        if (node.Kind != NodeKind.Map)
        {
            Refuse(node, Expected.Table);
            return table;
        }

        foreach (var member in node.Members)
        {
            if (Convert(member.Value, type.GenericTypeArguments[1], out var value))
                table[member.Name] = value;
        }

        return table;
    }

    object? Scalar(FileNode node, Func<FileNode, object?> read, Wording expected)
    {
        var before = Problems.Count;
        if (node.Kind == NodeKind.Text && read(node) is { } value)
            return value;

        // Without what it names, nothing can be said of its form.
        return Problems.Count == before ? Refuse(node, expected) : null;
    }

    string Text(FileNode node)
    {
        if (node.Variable is not null)
            Secrets.Add(node.Text);

        return references.Expand(node.Text, Secrets.Add, (what, mayPass) => Problems.Add(new Problem(node.Where, what) { MayPass = mayPass }));
    }

    object? Refuse(FileNode node, Wording expected)
    {
        Problems.Add(new Problem(node.Where, new Wording(
            $"Cần {expected}, nhưng đang là {node.Shown}.",
            $"Expected {expected}, found {node.Shown}.")));
        return null;
    }
}
