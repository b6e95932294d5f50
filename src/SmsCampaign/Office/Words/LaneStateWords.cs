namespace SmsCampaign.Office.Words;

/// <summary>What a lane is doing, in a column of a table.</summary>
public static class LaneStateWords
{
    public static Wording Of(LaneState state) => state switch
    {
        LaneState.Sending => new("đang gửi", "sending"),
        LaneState.Slowed => new("gửi chậm", "slowed"),
        LaneState.Paused => new("TẠM DỪNG", "PAUSED"),
        LaneState.CalledOff => new("đã hủy", "called off"),
        LaneState.Ended => new("kết thúc", "ended"),
        LaneState.Stopped => new("DỪNG HẲN", "STOPPED"),
        LaneState.Held => new("CHỜ NGƯỜI", "HELD"),
        LaneState.FirstBatch => new("loạt đầu", "1st batch"),
        LaneState.NotTaken => new("KHÔNG NHẬN", "NOT TAKEN"),
        LaneState.TooFast => new("quá nhanh", "too fast"),
        LaneState.NoWorker => new("KHÔNG GỬI", "NO WORKER"),
        LaneState.NotBegun => new("chưa gửi", "not begun"),
        LaneState.Closed => new("ngoài giờ", "closed"),
        LaneState.AllSent => new("gửi hết", "all sent"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
