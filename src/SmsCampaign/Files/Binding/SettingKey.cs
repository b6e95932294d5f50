using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// One key of the installation file, declared by a property of a settings class: its name in camel case, its type,
/// attributes and first value.
/// </summary>
/// <param name="Property">Takes the value; null for a class as a whole and for what stands in a list or table.</param>
sealed record SettingKey(
    string Name, KeyKind Kind, bool Required, PropertyInfo? Property) : FileKey(Name, Kind, Required)
{
    static readonly ConcurrentDictionary<Type, SettingKey> Known = new();

    /// <summary>The keys of a settings class, without words.</summary>
    public static SettingKey Of(Type type) => Known.GetOrAdd(type, static type => Of(type, static _ => default));

    /// <param name="words">What is said of a property, an enum's word, or the class.</param>
    public static SettingKey Of(Type type, Func<MemberInfo, Wording> words)
    {
        var first = Activator.CreateInstance(type)!;
        return new SettingKey("", KeyKind.Map, Required: true, null)
        {
            Words = words(type),
            Keys = [.. SettingsBinder.PropertiesOf(type).Select(
                property => OfProperty(property, property.GetValue(first), words))],
        };
    }

    static SettingKey OfProperty(PropertyInfo property, object? first, Func<MemberInfo, Wording> words)
    {
        var isRequired = property.IsDefined(typeof(RequiredAttribute));
        var kind = OfType(property.PropertyType, words);
        var isText = kind.Kind == KeyKind.Text;
        var key = kind with
        {
            Name = SettingsBinder.KeyOf(property),
            Required = isRequired,
            Property = property,
            Words = words(property),
            Example = property.GetCustomAttribute<SuchAsAttribute>()?.Example,
            Default = isRequired ? null : kind.Kind == KeyKind.Map && first is not null ? "{}" : Written(first),
            MayBeEmpty = !property.IsDefined(typeof(MinLengthAttribute)) && !(isRequired && isText),
            IsSecret = property.IsDefined(typeof(SecretAttribute)),
            Pattern = property.GetCustomAttribute<RegularExpressionAttribute>()?.Pattern,
        };

        return property.GetCustomAttribute<RangeAttribute>() switch
        {
            null => key,
            { OperandType: var operand } range when operand == typeof(TimeSpan) =>
                key with { Lasts = (TimeOf(range.Minimum), TimeOf(range.Maximum)) },
            var range => key with { Least = NumberOf(range.Minimum), Most = NumberOf(range.Maximum) },
        };
    }

    /// <summary>What a type takes.</summary>
    /// <exception cref="NotSupportedException">No value of it can be read from the file.</exception>
    static SettingKey OfType(Type declared, Func<MemberInfo, Wording> words)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type switch
        {
            _ when type == typeof(JsonElement) => OfKind(KeyKind.Json),
            _ when type == typeof(string) => OfKind(KeyKind.Text) with { MayBeEmpty = true },
            _ when type == typeof(int) => OfKind(KeyKind.Number) with { Least = int.MinValue, Most = int.MaxValue },
            _ when type == typeof(decimal) => OfKind(KeyKind.Decimal) with { Least = long.MinValue },
            _ when type == typeof(bool) => OfKind(KeyKind.Flag),
            _ when type == typeof(TimeSpan) => OfKind(KeyKind.Duration),
            _ when type == typeof(Uri) => OfKind(KeyKind.Address),
            { IsEnum: true } => OfKind(KeyKind.Choice) with
            {
                Choices = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)],
                ChoiceWords = [.. Enum.GetNames(type).Select(name => words(type.GetField(name)!))],
            },
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Dictionary<,>) =>
                OfKind(KeyKind.Table) with { Item = OfType(type.GenericTypeArguments[1], words) },
            { IsGenericType: true } when type.GenericTypeArguments is [var text] && text == typeof(string) =>
                OfKind(KeyKind.TextList) with { Item = OfType(text, words) },
            { IsGenericType: true }
                when type.GenericTypeArguments[0].IsClass && Of(type.GenericTypeArguments[0], words) is var section =>
                OfKind(KeyKind.MapList) with { Item = section, Keys = section.Keys },
            { IsClass: true, IsGenericType: false } => Of(type, words),
            _ => throw new NotSupportedException($"no setting can be a {type}"),
        };
    }

    static SettingKey OfKind(KeyKind kind) => new("", kind, Required: true, null);

    /// <summary>As one would write it; null where nothing holds, and of what has several parts.</summary>
    static string? Written(object? first) => first switch
    {
        string { Length: > 0 } text => text,
        bool or Enum => JsonNamingPolicy.CamelCase.ConvertName(first.ToString()!),
        TimeSpan span => span.ToString("c"),
        int or decimal => string.Create(CultureInfo.InvariantCulture, $"{first}"),
        Uri address => address.ToString(),
        _ => null,
    };

    static TimeSpan TimeOf(object limit) =>
        limit as TimeSpan? ?? TimeSpan.Parse((string)limit, CultureInfo.InvariantCulture);

    static long NumberOf(object limit) => Convert.ToInt64(limit, CultureInfo.InvariantCulture);
}
