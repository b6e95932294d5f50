using SmsCampaign.Directives;

namespace SmsCampaign.Office;

/// <summary>What a person says of a new campaign.</summary>
/// <param name="Place">Its name, for a folder beside the others, or a folder's path.</param>
/// <param name="Id">Null: made of the folder's name.</param>
public sealed record NewCampaign(string Place, string? Id, string InstallationFile);

/// <summary>The particulars of a campaign without a sample, as a person gives them.</summary>
public sealed record NewParticulars
{
    public required string Issuer { get; init; }

    public string? Number { get; init; }

    public string? Date { get; init; }

    public string? Item { get; init; }

    public required string Text { get; init; }

    public required string Sender { get; init; }

    public required string SendDate { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>Carriers that text their own subscribers.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];

    /// <summary>Where those subscribers are; null: as the issuer's name says.</summary>
    public string? Area { get; init; }

    /// <summary>Files of subscribers, which are copied.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Files of those who are not texted, which are copied.</summary>
    public IReadOnlyList<string> Suppression { get; init; } = [];

    public required string ReportTo { get; init; }

    public required string ReportBy { get; init; }
}

/// <summary>What came of making a campaign.</summary>
public abstract record NewResult
{
    NewResult()
    {
    }

    /// <summary>Something is wrong with what was given: nothing is written.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : NewResult;

    /// <summary>There is something of that name: nothing is written.</summary>
    public sealed record Exists(string Place) : NewResult;

    /// <param name="Why">What the machine said. Nothing is left there.</param>
    public sealed record Unwritable(string Place, Exception Why) : NewResult;

    /// <param name="File">Full path of the campaign file.</param>
    /// <param name="Id">Its id.</param>
    /// <param name="Lists">Names of the lists that were copied beside it.</param>
    /// <param name="Questions">What is left to a person, as <c>check</c> asks for it.</param>
    /// <param name="Findings">What was found in the order; null where there was none.</param>
    public sealed record Made(
        string File,
        string Id,
        IReadOnlyList<string> Lists,
        IReadOnlyList<Problem> Questions,
        DirectiveFindings? Findings) : NewResult;
}
