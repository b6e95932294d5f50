using System.CommandLine;

namespace SmsCampaign.App.Commands;

/// <summary>Who decides, and why: of verbs whose effect a person answers for.</summary>
sealed class DecisionOptions(Language language)
{
    readonly Option<string?> _by = new("--by")
    {
        Description = new Wording("họ tên người quyết định", "name of who decides").In(language),
    };

    readonly Option<string?> _reason = new("--reason")
    {
        Description = new Wording("lý do, căn cứ", "on what grounds").In(language),
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_by);
        command.Options.Add(_reason);
    }

    public bool Given(ParseResult parsed) => parsed.GetValue(_by) is not null || parsed.GetValue(_reason) is not null;

    public static Problem NoName { get; } = new(
        null, new Wording("Cần ghi người quyết định: --by \"Họ tên\".", "Say who decides: --by NAME."));

    public static Problem NoReason { get; } = new(
        null, new Wording("Cần ghi lý do: --reason \"…\".", "Say why: --reason \"…\"."));

    /// <param name="problems">Gets what is missing.</param>
    public (Who Who, string Reason) Read(ParseResult parsed, List<Problem> problems)
    {
        var (who, reason) = (SharedOptions.WhoBy(parsed.GetValue(_by)), parsed.GetValue(_reason)?.Trim() ?? "");
        if (!who.IsNamed)
            problems.Add(NoName);
        if (reason.Length == 0)
            problems.Add(NoReason);
        return (who, reason);
    }
}
