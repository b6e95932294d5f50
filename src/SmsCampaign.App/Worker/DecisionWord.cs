namespace SmsCampaign.App.Worker;

/// <summary>What <see cref="Storage.Decision.What"/> says. Stored: never rename.</summary>
static class DecisionWord
{
    /// <summary>Began as the window opened.</summary>
    public const string Fired = "fired";

    /// <summary>Began after the window had opened.</summary>
    public const string Late = "late";

    /// <summary>Went on after a restart, a release, or on a following day.</summary>
    public const string Resumed = "resumed";

    /// <summary>The window closed; it goes on at the next opening.</summary>
    public const string Closed = "closed";

    /// <summary>Waits for a person.</summary>
    public const string Held = "held";

    /// <summary>Not sent this time.</summary>
    public const string Skipped = "skipped";

    /// <summary>What was not sent will not be.</summary>
    public const string Leftover = "leftover";

    /// <summary>Everything is settled and the report is written.</summary>
    public const string Finished = "finished";

    public static Wording Say(string what) => what switch
    {
        Fired => new("bắt đầu gửi đúng giờ", "began on time"),
        Late => new("bắt đầu gửi muộn", "began late"),
        Resumed => new("gửi tiếp", "went on"),
        Closed => new("hết khung giờ, chờ lần mở sau", "window closed, waits for the next"),
        Held => new("dừng, chờ người quyết định", "held for a person"),
        Skipped => new("bỏ lượt gửi này", "skipped"),
        Leftover => new("không gửi phần còn lại", "the rest is not sent"),
        Finished => new("hoàn tất", "finished"),
        _ => new(what, what),
    };
}
