using SmsCampaign.Files;

namespace SmsCampaign.Carriers;

/// <summary>
/// A live lane whose gateway brings receipts must be able to tell them from a stranger's: what nobody guards, anybody
/// may use to have messages reported as delivered. Where it cannot be, the lane's settings say why
/// (<see cref="CallbackOptions.Open"/>).
/// </summary>
static class OpenCallbacks
{
    /// <param name="member">The lane in the installation file.</param>
    public static IEnumerable<Problem> Check(LaneOptions lane, FileMember member)
    {
        var isGuarded = lane.Callback is { IsGuarded: true } || lane.SignsCallbacks;
        if (lane.Callback?.Open is { } reason)
        {
            var where = member.Value.Find("callback")!.Find("open")?.Where ?? member.Where;
            if (isGuarded)
            {
                yield return new Problem(where, new Wording(
                    "Kênh đã có cách nhận biết biên nhận của nhà mạng; 'open' trái với điều đó, hãy bỏ khóa này.",
                    "The lane can tell its gateway's receipts; 'open' says the opposite. Take the key out."));
            }
            else if (reason.Trim().Length < LaneOptions.ShortestReason)
            {
                yield return new Problem(where, new Wording(
                    $"Hãy ghi rõ lý do (ít nhất {LaneOptions.ShortestReason} ký tự): vì sao nhà mạng không làm được "
                        + $"cách nào khác, ai gọi được tới địa chỉ này.",
                    $"Write the reason (at least {LaneOptions.ShortestReason} characters): why the carrier can do "
                        + $"nothing else, and who can reach the address."));
            }
            else
            {
                yield return new Problem(where, new Wording(
                    $"Biên nhận của kênh này được nhận từ bất kỳ ai gọi tới; lý do đã ghi: «{reason}». "
                        + $"Khi nhà mạng làm được, hãy thay 'open' bằng 'secret' hoặc 'from'.",
                    $"Receipts of this lane are taken from whoever calls; the reason given: \"{reason}\". "
                        + $"When the carrier can, replace 'open' by 'secret' or 'from'."),
                    Severity.Warning);
            }
        }
        else if (lane is { StandIn: false, TakesCallbacks: true } && !isGuarded)
        {
            var where = member.Value.Find("callback")?.Where ?? member.Where;
            yield return new Problem(where with { Key = $"{member.Where.Key}.callback" }, new Wording(
                "Kênh thật này nhận biên nhận mà không có gì để biết của ai: bất kỳ ai gọi tới cũng báo được là tin đã "
                    + "tới máy. Hãy đặt callback.secret, hoặc callback.user và callback.password, hoặc callback.from; "
                    + "nếu nhà mạng không làm được cách nào, ghi lý do vào callback.open.",
                "This live lane takes receipts, and nothing tells whose they are: whoever calls can have messages "
                    + "reported as delivered. Set callback.secret, or callback.user and callback.password, "
                    + "or callback.from; where the carrier can do none of these, write why into callback.open."));
        }
    }
}
