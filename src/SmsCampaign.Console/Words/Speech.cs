namespace SmsCampaign.WebConsole.Words;

/// <summary>In which language the pages speak.</summary>
public sealed record Speech(Language Language)
{
    public string Text(Vietnamese vi, English en) => new Wording(vi, en).In(Language);

    public string Text(Wording words) => words.In(Language);
}
