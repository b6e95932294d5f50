namespace SmsCampaign.Campaigns;

/// <summary>Which subscribers of a carrier are meant.</summary>
public enum SubscriberClass
{
    /// <summary>Trả trước.</summary>
    Prepaid,

    /// <summary>Trả sau.</summary>
    Postpaid,
}

/// <summary>By what a carrier tells which subscribers are of an area.</summary>
public enum AreaCriterion
{
    /// <summary>By the address they registered with.</summary>
    Registered,

    /// <summary>By the cell that serves them.</summary>
    Serving,
}

/// <summary>A segment whose subscribers a carrier holds, and texts itself: the department has neither their numbers nor
/// a gateway to them. What it is asked and what it reports stands in an order ledger of its own.</summary>
/// <param name="HeldBy">Name of one of the installation file's holders.</param>
/// <param name="Message">Name of one of the campaign's messages.</param>
public sealed record HeldSegment(string Name, string HeldBy, string Message)
{
    /// <summary>Where the subscribers are, in the order's words, such as "tỉnh Đắk Lắk". At least one.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>At least one.</summary>
    public IReadOnlyList<SubscriberClass> Classes { get; init; } = [SubscriberClass.Prepaid, SubscriberClass.Postpaid];

    public AreaCriterion Criterion { get; init; } = AreaCriterion.Registered;

    /// <summary>Subscribers, as it is thought before anybody has counted.</summary>
    public required long Estimate { get; init; }

    /// <summary>Who among them is not texted, in words; the carrier's own lists are its own.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>By the end of which day the carrier is to say yes or no.</summary>
    public required HeldDay AcknowledgeBy { get; init; }

    /// <summary>By the end of which day the carrier is to report.</summary>
    public required HeldDay ReportBy { get; init; }

    /// <summary>How the numbers that the carrier may list in its report are kept.</summary>
    public ListedNumbers ResultNumbers { get; init; } = ListedNumbers.Hashed;

    /// <summary>Whom to ask at the carrier; null where nobody is known.</summary>
    public HolderContact? Contact { get; init; }
}

/// <summary>How numbers that a carrier lists are kept.</summary>
public enum ListedNumbers
{
    /// <summary>By a hash that nobody can make without the key of this installation.</summary>
    Hashed,

    /// <summary>As they are.</summary>
    Full,
}

/// <summary>A day that a carrier is given: one date or, for a campaign of every year, a day of every year.</summary>
/// <param name="Date">Null where it comes round every year.</param>
/// <param name="Month">1 to 12, also of <paramref name="Date"/>.</param>
/// <param name="Day">1 to 31, also of <paramref name="Date"/>.</param>
public sealed record HeldDay(DateOnly? Date, int Month, int Day)
{
    /// <summary>The last such day that is not after <paramref name="occurrence"/>.</summary>
    public DateOnly Before(DateOnly occurrence) => Date ?? Yearly.LastOnOrBefore(occurrence, Month, Day);

    /// <summary>The first such day that is not before <paramref name="occurrence"/>.</summary>
    public DateOnly After(DateOnly occurrence) => Date ?? Yearly.FirstOnOrAfter(occurrence, Month, Day);
}

/// <summary>A person at a carrier.</summary>
/// <param name="Phone">As it is written in the campaign file.</param>
public sealed record HolderContact(string Name, string? Title, string? Phone, string? Email);
