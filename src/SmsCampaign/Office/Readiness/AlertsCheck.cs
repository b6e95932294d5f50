using SmsCampaign.Alerts;
using SmsCampaign.Installations;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether whoever must know would be told: somebody is named, and the last that was to be told
/// was delivered.</summary>
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
        Find(about).Alone();

    ReadyFinding Find(ReadyCase about)
    {
        var (settings, problems) = (read ?? (each => Installation.ReadAlerts(each.Installation.File)))(about);
        if (settings is null)
            return ReadyFinding.Bad(
                Wording.Join(" ", problems.Select(
                    problem => new Wording(problem.In(Language.Vietnamese), problem.In(Language.English)))),
                new Wording("Hãy sửa mục alerts của tệp cấu hình.", "Mend alerts in the installation file."));
        if (!settings.IsSet)
            return ReadyFinding.Note(
                new Wording("chưa ai được báo khi có sự cố.", "nobody is told when something goes wrong."),
                new Wording(
                    "Hãy báo kỹ sư phụ trách ghi người nhận vào mục alerts của tệp cấu hình, hoặc phân công người xem "
                        + "'status' trong giờ gửi.",
                    "Have your engineer name receivers in alerts of the installation file, or have somebody watch "
                        + "'status' while it sends."));

        var told = about.Registry?.Alerts.ReadTold(about.Now - Lately) ?? [];
        if (told.FirstOrDefault(each => each.Failing is not null) is { Failing: { } failing })
        {
            var since = VietnamTime.Moment(failing.Since);
            return ReadyFinding.Note(
                new Wording(
                    $"KHÔNG báo được từ {since}: {failing.Trouble}", $"NOT delivered since {since}: {failing.Trouble}"),
                Try);
        }

        if (told.Max(each => each.Told?.At) is not { } last)
            return ReadyFinding.Note(
                new Wording(
                    "đã có người nhận, chưa báo lần nào nên chưa biết có tới không.",
                    "receivers are named; nothing was told yet, so whether it arrives is not known."),
                Try);

        var at = VietnamTime.Moment(last);
        return ReadyFinding.Good(new Wording($"lần báo gần nhất tới nơi lúc {at}.", $"last delivered at {at}."));
    }
}
