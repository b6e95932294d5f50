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
        var sending = about.LanesAreNamed ? new HashSet<string>() : FindSending(about);
        var found = await Task.WhenAll(about.Lanes.Select(async lane =>
        {
            try
            {
                return await LookAsync(lane, sending?.Contains(lane.Name), about, cancellationToken);
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

    /// <param name="isSending">Null where that is not known.</param>
    async Task<IReadOnlyList<ReadyFinding>> LookAsync(
        Lane lane, bool? isSending, ReadyCase about, CancellationToken cancellationToken)
    {
        if (isSending != false && lane.Options.CountsQuestions)
            return [ReadyFinding.Unknown(
                isSending is null
                    ? new Wording(
                        "có lượt đang trong khung giờ mà không đọc được sổ, có thể đang gửi qua kênh này; hỏi thêm sẽ "
                            + "chiếm phần tốc độ của hợp đồng",
                        "the ledger of a run within its window cannot be read, which may be sent on this lane; asking "
                            + "would take of the contract's rate")
                    : new Wording(
                        "đang gửi qua kênh này, hỏi thêm sẽ chiếm phần tốc độ của hợp đồng",
                        "it is sent on now, and asking would take of the contract's rate"),
                new Wording(
                    $"Xem bằng 'status'; nếu vẫn muốn hỏi: sms-campaign doctor {lane.Name}",
                    $"See 'status'; to ask all the same: sms-campaign doctor {lane.Name}"))];

        return await asker.AskAsync(lane, cancellationToken) is not { } answers
            ? [OfTests(lane, about)]
            : [.. answers.Select(Judge), .. JudgeBalance(lane, answers, about)];
    }

    /// <summary>Of a gateway that cannot be asked a test of today says what it would.</summary>
    static ReadyFinding OfTests(Lane lane, ReadyCase about)
    {
        var (type, tests) = (lane.Options.Type, LaneTest.FindToday(lane.Name, about));
        if (tests.Count == 0)
        {
            var campaign = TypedArgument.Of(about.Key?.Campaign ?? "…");
            return ReadyFinding.Unknown(
                new Wording(
                    $"cổng nhắn tin loại {type} không hỏi được về tài khoản",
                    $"a gateway of type {type} cannot be asked about the account"),
                new Wording(
                    $"Hãy gửi thử cho vài số của đơn vị: sms-campaign test-send {campaign} --to …",
                    $"Send to a few phones of your own to see: sms-campaign test-send {campaign} --to …"));
        }

        if (tests.FirstOrDefault(test => test.Taken == 0) is { } refused)
        {
            var then = VietnamTime.Moment(refused.At);
            return ReadyFinding.Note(
                new Wording(
                    $"tin gửi thử '{refused.Text}' hôm nay KHÔNG được nhận, lúc {then}: {refused.Code}",
                    $"the test of '{refused.Text}' today was NOT taken, at {then}: {refused.Code}"),
                new Wording(
                    "Hãy gọi đầu mối của nhà mạng hỏi vì sao, rồi gửi thử lại.",
                    "Ask the carrier why, then make another test."));
        }

        var at = VietnamTime.Moment(tests.Max(test => test.At));
        var (taken, all) = (
            Figures.Count(tests.Sum(test => test.Taken)), Figures.Counted(tests.Sum(test => test.Messages), "message"));
        return ReadyFinding.Good(new Wording(
            $"tài khoản dùng được: hôm nay nhà mạng đã nhận tin gửi thử, lúc {at} ({taken}/{all} tin).",
            $"the account is let in: the gateway took a test today, at {at} ({taken} of {all})."));
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

    /// <summary>The lanes on which runs are being sent at this moment.</summary>
    /// <returns>Null where that cannot be read of each: of such a run others tell, and here it spoils nothing but
    /// where a question costs something.</returns>
    static HashSet<string>? FindSending(ReadyCase about)
    {
        try
        {
            return
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
        catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break whatever reads it
        {
            return null;
        }
    }
}
