using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// One key of the installation file, declared by a property of a settings class: its name in camel case, its type,
/// attributes (what it means among them, <see cref="MeaningAttribute"/>) and first value.
/// </summary>
/// <param name="Property">Takes the value; null for a class as a whole and for what stands in a list or table.</param>
sealed record SettingKey(
    string Name, KeyKind Kind, bool Required, PropertyInfo? Property) : FileKey(Name, Kind, Required)
{
    static readonly ConcurrentDictionary<Type, SettingKey> Known = new();

    /// <summary>The class that holds the keys inside; null where there are none, or which it is is
    /// <see cref="ClassOf"/>.</summary>
    public Type? Class { get; init; }

    /// <summary>The keys of a settings class.</summary>
    public static SettingKey Of(Type type) => Known.GetOrAdd(type, OfClass);

    /// <summary>The class of a section that was held to this key.</summary>
    public Type ClassOf(FileNode section) => Class
        ?? ((SettingKey)Variants.Single(variant => variant.Name == section.Scalar(VariantKey!.Name)?.Text)).Class!;

    static SettingKey OfClass(Type type)
    {
        if (type.GetCustomAttribute<VariantsAttribute>(inherit: false) is { } variants)
            return OfVariants(variants);

        var first = Activator.CreateInstance(type)!;
        return new SettingKey("", KeyKind.Map, Required: true, null)
        {
            Class = type,
            Words = WordsOf(type),
            Keys = [.. SettingsBinder.PropertiesOf(type).Select(
                property => OfProperty(property, property.GetValue(first)))],
        };
    }

    static SettingKey OfVariants(VariantsAttribute variants)
    {
        var kinds = variants.Kinds.Select(kind => Of(kind.Settings) with { Name = kind.Name }).ToList();
        FileKey AsChoice(FileKey key) => key with
        {
            Kind = KeyKind.Choice,
            Choices = [.. kinds.Select(kind => kind.Name)],
        };
        return new SettingKey("", KeyKind.Map, Required: true, null)
        {
            VariantKey = AsChoice(kinds[0].Keys.First(key => key.Name == variants.Key)),
            Variants =
            [
                .. kinds.Select(kind => kind with
                {
                    Keys = [.. kind.Keys.Select(key => key.Name == variants.Key ? AsChoice(key) : key)],
                }),
            ],
        };
    }

    static SettingKey OfProperty(PropertyInfo property, object? first)
    {
        var isRequired = property.IsDefined(typeof(RequiredAttribute));
        var kind = OfType(property.PropertyType);
        var isText = kind.Kind == KeyKind.Text;
        var key = kind with
        {
            Name = SettingsBinder.KeyOf(property),
            Required = isRequired,
            Property = property,
            Words = WordsOf(property),
            Example = property.GetCustomAttribute<SuchAsAttribute>()?.Example,
            Default = isRequired ? null : kind.Kind == KeyKind.Map && first is not null ? "{}" : Written(first),
            MayBeEmpty = !property.IsDefined(typeof(MinLengthAttribute)) && !(isRequired && isText),
            NamePattern = property.GetCustomAttribute<NamesAttribute>()?.Pattern,
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
    static SettingKey OfType(Type declared)
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
                ChoiceWords = [.. Enum.GetNames(type).Select(name => WordsOf(type.GetField(name)!))],
            },
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Dictionary<,>) =>
                OfKind(KeyKind.Table) with { Item = OfType(type.GenericTypeArguments[1]) },
            { IsGenericType: true } when type.GenericTypeArguments is [var text] && text == typeof(string) =>
                OfKind(KeyKind.TextList) with { Item = OfType(text) },
            { IsGenericType: true }
                when type.GenericTypeArguments[0].IsClass && Of(type.GenericTypeArguments[0]) is var section =>
                OfKind(KeyKind.MapList) with { Item = section, Keys = section.Keys },
            { IsClass: true, IsGenericType: false } => Of(type),
            _ => throw new NotSupportedException($"no setting can be a {type}"),
        };
    }

    static Wording WordsOf(MemberInfo declared) =>
        declared.GetCustomAttribute<MeaningAttribute>(inherit: false)?.Words ?? default;

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
