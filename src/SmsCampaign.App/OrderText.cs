using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App;

/// <summary>Tells a person of what was ordered and stands.</summary>
static class OrderText
{
    /// <summary>Who ordered it, since when and why, and, of a pause, what is to be typed.</summary>
    /// <param name="indent">Before each line.</param>
    /// <param name="isFaultSaid">Whether what of it cannot be read is said elsewhere on the screen.</param>
    public static void Say(StandingOrder order, Terminal terminal, string indent = "", bool isFaultSaid = false)
    {
        var (of, way) = (OrderWords.Scope(order), OrderWords.WayOn(order));
        var given = OrderWords.Given(order, order.At is { } at ? VietnamTime.Moment(at) : null);
        if (order.Kind == OrderKind.Rate)
        {
            terminal.Say(
                $"{indent}GIẢM TỐC ĐỘ {of}, nhiều nhất {order.Rate}/giây, {given}.\n{indent}  {way}",
                $"{indent}SLOWED DOWN: {of}, {order.Rate}/s at most, {given}.\n{indent}  {way}");
        }
        else if (order.IsForGood)
        {
            var what = order.Kind == OrderKind.Cancel
                ? new Wording("HỦY", "CALLED OFF:")
                : new Wording("KẾT THÚC SỚM", "ENDED EARLY:");
            terminal.Say(
                $"{indent}{what} {of} {given}.\n{indent}  Tin chưa chuyển không gửi nữa.",
                $"{indent}{what} {of} {given}.\n{indent}  What is not handed over is not sent.");
        }
        else
        {
            terminal.Say(
                $"{indent}TẠM DỪNG {of} {given}.\n{indent}  Muốn gửi tiếp: {way}",
                $"{indent}PAUSED: {of} {given}.\n{indent}  To go on: {way}");
        }

        if (OrderWords.OnlyMarked(order) is { } only)
            terminal.Say(new Wording($"{indent}  ", $"{indent}  ") + only);
        if (!isFaultSaid && order.Unreadable is { } unreadable)
            terminal.SayError(unreadable);
    }
}
