using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether each lane's account can be used, as its gateway says: login, sender, templates, and a balance that
/// pays for what the run still has to send.</summary>
sealed class LaneAccountCheck(IAccountAsker asker) : IReadyCheck
{
    public const string Called = "lane-account";

    public string Name => Called;

    /// <summary>A gateway's longest answer time, twice, and the pace.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(40);

    public async Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        var sending = about.LanesAreNamed ? [] : LanesOfOpenWindows(about);
        var found = await Task.WhenAll(about.Lanes.Select(async lane =>
        {
            try
            {
                return await LookAsync(lane, sending.Contains(lane.Name), about, cancellationToken);
            }
            catch (Exception fault) when (
                fault is not (OperationCanceledException or OutOfMemoryException)) // the other lanes are asked
            {
                return [ReadyFinding.Unknown(FaultWords.OfType(fault))];
            }
        }));
        return [.. found.Zip(about.Lanes, (findings, lane) =>
            findings.Select(finding => finding with { Subject = lane.Name })).SelectMany(each => each)];
    }

    async Task<IReadOnlyList<ReadyFinding>> LookAsync(
        Lane lane, bool isSending, ReadyCase about, CancellationToken cancellationToken)
    {
        if (isSending && CountsRequests(lane.Options))
            return [ReadyFinding.Unknown(
                new Wording(
                    "đang gửi qua kênh này, hỏi thêm sẽ chiếm phần tốc độ của hợp đồng",
                    "it is sent on now, and asking would take of the contract's rate"),
                new Wording(
                    $"Xem bằng 'status'; nếu vẫn muốn hỏi: sms-campaign doctor {lane.Name}",
                    $"See 'status'; to ask all the same: sms-campaign doctor {lane.Name}"))];

        return await asker.AskAsync(lane, cancellationToken) is not { } answers
            ? [ReadyFinding.Unknown(
                new Wording(
                    $"cổng nhắn tin loại {lane.Options.Type} không hỏi được về tài khoản",
                    $"a gateway of type {lane.Options.Type} cannot be asked about the account"),
                new Wording(
                    "Hãy gửi thử cho vài số của đơn vị.", "Send to a few phones of your own to see."))]
            : [.. answers.Select(Judge), .. JudgeBalance(lane, answers, about)];
    }

    static ReadyFinding Judge(AccountFinding answer) => answer.IsGood switch
    {
        true => ReadyFinding.Good(answer.Words),
        false => ReadyFinding.Bad(answer.Words, new Wording(
            "Hãy sửa với nhà mạng rồi chạy lại lệnh này.", "Mend it with the carrier, then look again.")),
        _ => new ReadyFinding(
            ReadyLight.Amber,
            new Wording($"chưa kiểm tra được: {answer.Words}", $"could not be checked: {answer.Words}")),
    };

    /// <summary>What is left on the account against what the run still has to send on it.</summary>
    static IEnumerable<ReadyFinding> JudgeBalance(
        Lane lane, IReadOnlyList<AccountFinding> answers, ReadyCase about)
    {
        if (answers.FirstOrDefault(answer => answer.BalanceVnd is not null)?.BalanceVnd is not { } balance
            || about.Status?.Lanes.FirstOrDefault(each => each.Name == lane.Name) is not { } run)
            yield break;

        var price = Math.Max(run.PartsPlanned - run.PartsHandedOver, 0) * run.PricePerPart;
        var (has, needs) = (Figures.Money(balance), Figures.Money(price));
        yield return balance < price
            ? ReadyFinding.Bad(
                new Wording(
                    $"số dư {has} không đủ cho lượt gửi này: cần {needs}, chưa kể thuế.",
                    $"the balance of {has} does not pay for this run: it needs {needs} before tax."),
                new Wording("Hãy nạp thêm tiền trước giờ gửi.", "Add money before the opening."))
            : ReadyFinding.Good(new Wording(
                $"đủ cho lượt gửi này ({needs}, chưa kể thuế).", $"it pays for this run ({needs} before tax)."));
    }

    static bool CountsRequests(LaneOptions options) =>
        options.AllLimits.Any(limit => limit.Of == RateUnit.Requests) || options.Type == "mobifone";

    /// <summary>The lanes on which a run may be sending at this moment.</summary>
    static HashSet<string> LanesOfOpenWindows(ReadyCase about) =>
    [
        .. about.Openings
            .Where(opening => opening.IsOpen)
            .Select(opening => about.Registry?.Find(opening.Run))
            .OfType<RunRecord>()
            .SelectMany(run => Reports.RunStatus.Read(run.AddressIn(about.Data)).Lanes)
            .Where(lane => lane.Count(MessageStatus.Planned) + lane.Count(MessageStatus.Submitting) > 0)
            .Select(lane => lane.Name),
    ];
}
