using System.CommandLine;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>What an order is about: a run, a lane of it, or an account whatever run uses it.</summary>
sealed class ControlScope(Language language)
{
    readonly RunChoice _run = new(language, isOptional: true);

    readonly Option<string?> _lane = new("--lane")
    {
        Description = new Wording(
            "chỉ một kênh gửi: của lượt gửi đã ghi, hoặc ở mọi lượt gửi nếu không ghi chiến dịch",
            "one lane only: of the run that is named, or of every run where none is").In(language),
    };

    public void AddTo(Command command)
    {
        _run.AddTo(command);
        command.Options.Add(_lane);
    }

    /// <param name="run">The run it is about; null: it is about an account, or about nothing that was named.</param>
    /// <returns>Null where the run that is named is not there; <paramref name="problems"/> then says so.</returns>
    public OrderScope? Find(ParseResult parsed, DataFolder data, List<Problem> problems, out RunRecord? run)
    {
        run = null;
        var lane = parsed.GetValue(_lane)?.Trim();
        if (!_run.IsGiven(parsed))
            return new OrderScope(null, string.IsNullOrEmpty(lane) ? null : lane);

        run = _run.Find(parsed, data, problems);
        return run?.FindKey() is { } key ? new OrderScope(key, lane) : null;
    }
}
