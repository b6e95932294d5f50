namespace SmsCampaign.Words;

/// <summary>The languages the program speaks to a person. Vietnamese unless asked otherwise.</summary>
public enum Language
{
    Vietnamese,
    English,
}

/// <summary>
/// A sentence for a person, written once in each language side by side, so that neither can be forgotten. A wording in
/// a hole of either half stands there in that half's language.
/// </summary>
public readonly record struct Wording
{
    public Wording(Vietnamese vi, English en)
    {
        Vi = vi.ToText();
        En = en.ToText();
    }

    public string Vi { get; }

    public string En { get; }

    public static Wording operator +(Wording first, Wording then) => new(first.Vi + then.Vi, first.En + then.En);

    public static Wording Join(string separator, IEnumerable<Wording> words) =>
        Join(new Wording(separator, separator), words);

    public static Wording Join(Wording separator, IEnumerable<Wording> words)
    {
        var all = words.ToArray();
        return new Wording(
            string.Join(separator.Vi, all.Select(each => each.Vi)),
            string.Join(separator.En, all.Select(each => each.En)));
    }

    public string In(Language language) => language == Language.Vietnamese ? Vi : En;

    public void Deconstruct(out string vi, out string en) => (vi, en) = (Vi, En);

    /// <summary>The English form: what a log line or an engineer's exception shows.</summary>
    public override string ToString() => En;
}
