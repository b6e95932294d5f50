using SmsCampaign.Alerts;
using SmsCampaign.Installations;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether whoever must know would be told: somebody is named, and the last that each was to be told, or that
/// was tried, was delivered.</summary>
/// <param name="read">Reads who is told; unset: from the installation file.</param>
sealed class AlertsCheck(Func<ReadyCase, (AlertSettings? Settings, IReadOnlyList<Problem> Problems)>? read = null)
    : IReadyCheck
{
    public const string Called = "alerts";

    /// <summary>How far back it is looked for what was told.</summary>
    static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    static readonly Wording Try = new("Hãy thử: sms-campaign alert test", "Try it: sms-campaign alert test");

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Task.FromResult(Find(about));

    IReadOnlyList<ReadyFinding> Find(ReadyCase about)
    {
        var (settings, problems) = (read ?? (each => Installation.ReadAlerts(each.Installation.File)))(about);
        if (settings is null)
            return [ReadyFinding.Bad(
                Wording.Join(" ", problems.Select(
                    problem => new Wording(problem.In(Language.Vietnamese), problem.In(Language.English)))),
                new Wording("Hãy sửa mục alerts của tệp cấu hình.", "Mend alerts in the installation file."))];
        if (!settings.IsSet)
            return [ReadyFinding.Note(
                new Wording("chưa ai được báo khi có sự cố.", "nobody is told when something goes wrong."),
                new Wording(
                    "Hãy báo kỹ sư phụ trách ghi người nhận vào mục alerts của tệp cấu hình, hoặc phân công người xem "
                        + "'status' trong giờ gửi.",
                    "Have your engineer name receivers in alerts of the installation file, or have somebody watch "
                        + "'status' while it sends."))];

        var told = (about.Registry?.Alerts.ReadTold(about.Now - Lately) ?? []).ToLookup(each => each.Receiver);
        return [.. AlertReceiver.All(settings, TimeProvider.System).Select( // nothing is sent
            receiver => Judge(receiver, [.. told[receiver.Key]], about))];
    }

    static ReadyFinding Judge(AlertReceiver receiver, IReadOnlyList<AlertTelling> told, ReadyCase about)
    {
        var trial = about.Registry is { } records ? AlertTrial.FindLast(records, receiver.Key) : null;
        var last = told
            .Select(each => each.Told?.At)
            .Append(trial is { Failed: false } ? trial.At : null)
            .Max();

        // What failed before the last that arrived says nothing of now.
        var since = told
            .Select(each => each.Failing)
            .Where(failing => failing is not null && AlertTurn.LastTryOf(failing) >= (last ?? DateTimeOffset.MinValue))
            .Select(failing => failing?.Since)
            .Append(trial is { Failed: true } && trial.At >= (last ?? DateTimeOffset.MinValue) ? trial.At : null)
            .Min();
        var who = receiver.Words;
        if (since is { } failing)
        {
            var at = VietnamTime.Moment(failing);
            var trouble = told.LastOrDefault(each => each.Failing is not null)?.Failing?.Trouble;
            var why = trouble is { } known ? new Wording($": {known}", $": {known}") : new Wording("", "");
            return ReadyFinding.Note(
                new Wording($"{who}: KHÔNG báo được từ {at}{why}", $"{who}: NOT delivered since {at}{why}"), Try);
        }

        if (last is not { } delivered || about.Now - delivered > Lately)
            return ReadyFinding.Note(
                new Wording(
                    $"{who}: chưa báo lần nào trong 30 ngày qua nên chưa biết có tới không.",
                    $"{who}: nothing was told in the last 30 days, so whether it arrives is not known."),
                Try);

        var moment = VietnamTime.Moment(delivered);
        return ReadyFinding.Good(new Wording(
            $"{who}: lần báo gần nhất tới nơi lúc {moment}.", $"{who}: last delivered at {moment}."));
    }
}
