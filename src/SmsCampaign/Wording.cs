namespace SmsCampaign;

/// <summary>The languages the program speaks to a person. Vietnamese unless asked otherwise.</summary>
public enum Language
{
    Vietnamese,
    English,
}

/// <summary>
/// A sentence for a person, written once in each language side by side, so that neither can be forgotten.
/// </summary>
public readonly record struct Wording(string Vi, string En)
{
    public string In(Language language) => language == Language.Vietnamese ? Vi : En;

    /// <summary>The English form: what a log line or an engineer's exception shows.</summary>
    public override string ToString() => En;
}
