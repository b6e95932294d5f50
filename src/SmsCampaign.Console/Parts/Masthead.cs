using SmsCampaign.Installations;
using SmsCampaign.Letters;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>Whose pages these are, as the department's letters say it.</summary>
public sealed class Masthead
{
    public Masthead(ConsolePlace place)
    {
        var letters = Installation.Read(place.Installation).Installation?.Letters ?? new LetterSettings();
        Name = letters.Place is { } where
            ? new Wording($"{letters.Issuer} {where}", $"{letters.Issuer} {where}")
            : new Wording($"{letters.Issuer}", $"{letters.Issuer}");
    }

    public Wording Name { get; }
}
