using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Writes config/SETTINGS.md from the settings classes: every key with what it takes, its default, and its comment.
/// </summary>
static class SettingsReference
{
    const string Head =
        """
        # Settings of `config/smscampaign.json`

        Every key of the installation file, with what it takes, its default and what it means. Written from the settings
        classes; a test fails while it is out of date. After a change to one of them, write it anew and commit it:
        `UPDATE_SETTINGS=1 dotnet test --filter SettingsReferenceTests`.

        How the file is written, and where secrets go: [INSTALL.md](INSTALL.md#the-installation-file). What to ask each
        carrier for, and an example of each type of lane: [gateways](gateways/README.md).

        A duration is `hh:mm:ss` (`72:00:00` is three days) or `d.hh:mm:ss`. A secret is written `${env:NAME}` or
        `${file:PATH}`. A path in an answer or a receipt is as `data.results[0].id`.

        """;

    const string TableHead = "| Key | Takes | Default | Meaning |\n|---|---|---|---|\n";

    public static string Write()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n")).Append('\n');
        var words = new Dictionary<Type, List<string>>();

        text.Append("## This installation\n\n").Append(TableHead);
        AddRows(text, typeof(InstallationSettings), "", "", words);
        text.Append("| `lanes.NAME` | section | required | An account at a gateway; 1 or more. ")
            .Append("Names are lower-case letters, digits and underscores, at most 40. |\n");

        text.Append("\n## Every lane\n\n").Append(TableHead);
        AddRows(text, typeof(LaneOptions), "", "", words);

        text.Append("\n## Asking what became of messages\n\n")
            .Append("Keys of `inquiry`, of every type of lane that has it, beside its own below.\n\n").Append(TableHead);
        AddRows(text, typeof(InquiryOptions), "inquiry.", "", words);

        foreach (var type in CarrierTypes.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## Lanes of type `{type.Name}`\n\n")
                .AppendJoin('\n', Wrapped($"{Comment($"T:{type.Options.FullName}")} See [its page](gateways/{type.Name}.md)."))
                .Append("\n\n").Append(TableHead);
            AddRows(text, type.Options, "", $" ({type.Name})", words);
        }

        text.Append("\n## What the words mean\n\n| Key | Word | Meaning |\n|---|---|---|\n");
        foreach (var (type, keys) in words)
        {
            var key = string.Join(", ", keys.Distinct());
            foreach (var name in Enum.GetNames(type))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {key} | `{Camel(name)}` | {Cell(Comment($"F:{type.FullName}.{name}"))} |\n");
                key = "";
            }
        }

        return text.ToString();
    }

    /// <summary>The keys that a class declares itself, and under each section its own.</summary>
    static void AddRows(StringBuilder text, Type type, string prefix, string lane, Dictionary<Type, List<string>> words)
    {
        object standard = type == typeof(LaneOptions) ? new AnyLane()
            : type == typeof(InquiryOptions) ? new AnyInquiry()
            : Activator.CreateInstance(type)!;
        foreach (var property in SettingsBinder.PropertiesOf(type).Where(property => IsOwn(property, type)))
        {
            var key = prefix + SettingsBinder.KeyOf(property);
            var meaning = Comment($"P:{property.DeclaringType!.FullName}.{property.Name}");
            if (property.Name == nameof(LaneOptions.Type))
                meaning = "Which adapter to use.";
            text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {Takes(property)} | {Default(property, property.GetValue(standard))} | {Cell(meaning)} |\n");

            foreach (var word in Parts(property.PropertyType).Where(part => part.IsEnum))
                (words.TryGetValue(word, out var keys) ? keys : words[word] = []).Add($"`{key}`{lane}");

            if (Parts(property.PropertyType).FirstOrDefault(IsSection) is { } section)
                AddRows(text, section, key + ".", lane, words);
        }
    }

    /// <summary>What derives from LaneOptions or InquiryOptions has their keys in tables of their own.</summary>
    static bool IsOwn(PropertyInfo property, Type type) =>
        property.DeclaringType == type || (property.DeclaringType != typeof(LaneOptions) && property.DeclaringType != typeof(InquiryOptions));

    static string Takes(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var takes = property.Name == nameof(LaneOptions.Type) && property.DeclaringType == typeof(LaneOptions)
            ? $"one of {string.Join(", ", CarrierTypes.All.Select(each => $"`{each.Name}`"))}"
            : KindOf(type);

        if (property.IsDefined(typeof(SecretAttribute)))
            takes = "secret";
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            takes += $", {Written(range.Minimum)} to {Written(range.Maximum)}";
        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } form && !property.IsDefined(typeof(SecretAttribute)))
            takes = form.Pattern.All(letter => char.IsAsciiLetter(letter) || letter == '|')
                ? $"one of {string.Join(", ", form.Pattern.Split('|').Select(word => $"`{word}`"))}"
                : $"of the form `{form.Pattern.Replace("|", "\\|", StringComparison.Ordinal)}`";
        if (property.IsDefined(typeof(MinLengthAttribute)) && type.IsGenericType)
            takes += ", 1 or more";
        return takes;
    }

    static string KindOf(Type type) => type switch
    {
        _ when type == typeof(JsonElement) => "JSON",
        _ when type == typeof(string) => "text",
        _ when type == typeof(int) => "whole number",
        _ when type == typeof(decimal) => "number",
        _ when type == typeof(bool) => "`true`, `false`",
        _ when type == typeof(TimeSpan) => "duration",
        _ when type == typeof(Uri) => "URL",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(name => $"`{Camel(name)}`"))}",
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(List<>) => $"list of: {KindOf(type.GenericTypeArguments[0])}",
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Dictionary<,>) =>
            $"by name: {KindOf(type.GenericTypeArguments[1])}",
        _ => "section",
    };

    static string Default(PropertyInfo property, object? value) => value switch
    {
        _ when property.IsDefined(typeof(RequiredAttribute)) => "required",
        int or decimal or bool or TimeSpan or Uri or Enum => $"`{Written(value)}`",
        string { Length: > 0 } text => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`",
        _ when IsSection(property.PropertyType) && value is not null => "",
        _ => "none",
    };

    static string Written(object value) => value switch
    {
        Enum or bool => Camel(value.ToString()!),
        TimeSpan span => span.ToString("c"),
        int or decimal => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    static Type[] Parts(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? [inner] : type.IsGenericType ? type.GenericTypeArguments : [type];

    static bool IsSection(Type type) => type.IsClass && type.Assembly == typeof(LaneOptions).Assembly;

    static string Comment(string id) => InstallationSchema.Comments.GetValueOrDefault(id, "");

    /// <summary>What the columns before say already is left out.</summary>
    static string Cell(string words) => words
        .Replace(" Required.", "", StringComparison.Ordinal).Replace(" None unless set.", "", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    static IEnumerable<string> Wrapped(string words)
    {
        const int columns = 118;
        var line = "";
        foreach (var word in words.Split(' '))
        {
            if (line.Length + word.Length >= columns)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    /// <summary>A lane of no type, for the defaults that all share.</summary>
    sealed class AnyLane : LaneOptions
    {
        protected internal override IEnumerable<LaneAddress> Addresses => [];
    }

    sealed class AnyInquiry : InquiryOptions;
}
