using System.CommandLine;

namespace SmsCampaign.App.Commands;

/// <summary>Who decides, and why: of verbs whose effect a person answers for.</summary>
sealed class DecisionOptions(Language language)
{
    readonly Option<string?> _by = new("--by") { Description = new Wording("họ tên người quyết định", "name of who decides").In(language) };

    readonly Option<string?> _reason = new("--reason") { Description = new Wording("lý do, căn cứ", "on what grounds").In(language) };

    public void AddTo(Command command)
    {
        command.Options.Add(_by);
        command.Options.Add(_reason);
    }

    public bool Given(ParseResult parsed) => parsed.GetValue(_by) is not null || parsed.GetValue(_reason) is not null;

    /// <param name="problems">Gets what is missing.</param>
    public (string By, string Reason) Read(ParseResult parsed, List<Problem> problems)
    {
        var (by, reason) = (parsed.GetValue(_by)?.Trim() ?? "", parsed.GetValue(_reason)?.Trim() ?? "");
        if (by.Length == 0)
            problems.Add(new Problem(null, new Wording("Cần ghi người quyết định: --by \"Họ tên\".", "Say who decides: --by NAME.")));
        if (reason.Length == 0)
            problems.Add(new Problem(null, new Wording("Cần ghi lý do: --reason \"…\".", "Say why: --reason \"…\".")));
        return (by, reason);
    }
}
