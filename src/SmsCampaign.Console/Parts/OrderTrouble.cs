using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>What stands of an order that could not be written down whole, or of which nothing is known.</summary>
static class OrderTrouble
{
    /// <param name="why">What went wrong.</param>
    /// <param name="scope">What was to be ordered of.</param>
    /// <param name="isDone">Whether what was asked for is among the orders that stand of just that.</param>
    /// <param name="isOfData">Whether something could not be read.</param>
    /// <returns>By a look at what stands now: whether it is on record, and what whoever sends does.</returns>
    public static Wording Of(
        ControlDesk desk,
        Wording why,
        OrderScope scope,
        Predicate<List<StandingOrder>> isDone,
        Func<Exception, bool> isOfData)
    {
        try
        {
            var standing = desk.Read().Where(order =>
                order.Run == scope.Run?.ToString() && order.Lane == scope.Lane).ToList();
            return isDone(standing) ? new Wording(
                    $"{why} Lệnh ĐÃ được ghi và có hiệu lực: dịch vụ gửi làm theo ngay khi đọc tới, nhưng CHƯA có xác "
                        + $"nhận.",
                    $"{why} The order IS on record and holds: whoever sends heeds it as soon as it looks, but has NOT "
                        + $"yet said so.")
                : standing.Exists(order => order.Kind == OrderKind.Pause) ? new Wording(
                    $"{why} Mới ghi được lệnh TẠM DỪNG, đang có hiệu lực; việc yêu cầu thì CHƯA được ghi.",
                    $"{why} Only the PAUSE is on record, and holds; what was asked for is NOT.")
                : new Wording(
                    $"{why} Lệnh CHƯA được ghi: việc gửi vẫn như trước. Làm lại; cần dừng ngay mà vẫn không ghi được "
                        + $"thì gọi kỹ sư phụ trách.",
                    $"{why} The order is NOT on record: sending goes on as before. Do it again; to stop at once where "
                        + $"it still cannot be written, call the engineer on duty.");
        }
        catch (Exception broken) when (isOfData(broken))
        {
            return new Wording(
                $"{why} Cũng không đọc được các lệnh đã ghi, nên KHÔNG biết lệnh này đã được ghi chưa. Không coi là đã "
                    + $"dừng: gọi kỹ sư phụ trách.",
                $"{why} Nor can it be read what is on record, so whether this is, is NOT known. Do not take it for "
                    + $"stopped: call the engineer on duty.");
        }
    }
}
