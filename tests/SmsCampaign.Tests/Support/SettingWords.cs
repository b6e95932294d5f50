using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmsCampaign.Files.Binding;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Support;

/// <summary>The keys of the installation file with their words: the comments of the settings
/// classes, English alone.</summary>
static partial class SettingWords
{
    /// <summary>What the comments of the engine's code say, by their documentation ids.</summary>
    static readonly Dictionary<string, string> Comments = XDocument
        .Load(Path.ChangeExtension(typeof(Installation).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!, member => Words(member.Element("summary")));

    /// <summary>The keys of a settings class, with what they and their words mean.</summary>
    public static SettingKey KeysOf(Type type) => SettingKey.Of(type, Of);

    static Wording Of(MemberInfo member)
    {
        var id = member switch
        {
            Type type => $"T:{type.FullName}",
            FieldInfo => $"F:{member.DeclaringType!.FullName}.{member.Name}",
            _ => $"P:{member.DeclaringType!.FullName}.{member.Name}",
        };
        var words = Comments.GetValueOrDefault(id, "");
        return new Wording(words, words);
    }

    static string Words(XElement? summary) => summary is null
        ? ""
        : Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    // A reference to a setting reads as its key.
    static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" } see =>
            JsonNamingPolicy.CamelCase.ConvertName(((string)see.Attribute("cref")!).Split('.')[^1]),
        XElement element => element.Value,
        _ => node.ToString(),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
