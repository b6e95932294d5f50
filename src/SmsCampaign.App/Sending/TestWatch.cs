using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Sending;

/// <summary>Shows what becomes of each message of a test, a line a change, until nothing more is to come, two minutes
/// have gone, or the person has seen enough: the sending does not depend on it.</summary>
sealed class TestWatch(TestDesk desk, Terminal terminal)
{
    /// <summary>How long it is watched.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    readonly Dictionary<(string Test, long Seq), MessageStatus> _shown = [];

    /// <param name="isOwn">Whether this process sends, so that stopping stops it.</param>
    /// <returns>1 where a message failed, or is not known to have gone.</returns>
    public async Task<int> RunAsync(IReadOnlyList<RunKey> tests, bool isOwn, CancellationToken stopping)
    {
        var began = terminal.Time.GetTimestamp();
        terminal.Say(isOwn
            ? new Wording(
                "Đang gửi và chờ biên nhận, nhiều nhất 2 phút. Nhấn Ctrl-C để dừng.",
                "Sending and waiting for receipts, 2 minutes at most. Press Ctrl-C to stop.")
            : new Wording(
                "Dịch vụ gửi đang gửi; xem nhiều nhất 2 phút. Nhấn Ctrl-C để thôi xem, tin vẫn đi.",
                "The worker sends; it is watched for 2 minutes at most. Press Ctrl-C to end the watching, not the "
                    + "sending."));
        while (true)
        {
            var messages = desk.Read(tests);
            foreach (var message in messages)
                Show(message);
            if (stopping.IsCancellationRequested
                || messages.All(message => message.IsOver)
                || terminal.Time.GetElapsedTime(began) >= Longest)
                return Sum(messages);

            await Task.Delay(Glance, terminal.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Show(TestMessage message)
    {
        var before = _shown.GetValueOrDefault((message.Test, message.Seq), MessageStatus.Planned);
        if (before == message.Status)
            return;

        _shown[(message.Test, message.Seq)] = message.Status;
        var at = VietnamTime.Moment(message.At ?? terminal.Time.GetUtcNow());
        var status = MessageStatusWords.Of(message.Status);
        var why = message.IsWell || message.Code.Length == 0
            ? new Wording("", "")
            : new Wording($" ({GatewayWords.Of(message.Code)})", $" ({GatewayWords.Of(message.Code)})");
        terminal.Say(
            $"  {at}  {message.Lane}  {message.Number}: {status}{why}",
            $"  {at}  {message.Lane}  {message.Number}: {status}{why}");
    }

    int Sum(IReadOnlyList<TestMessage> messages)
    {
        terminal.Say(TestSumWords.Of(messages) + new Wording(
            " Gửi thử không tính vào chiến dịch.", " A test counts nothing for the campaign."));
        return messages.All(message => message.IsWell) ? ExitCode.Done : ExitCode.CouldNot;
    }
}
