using SmsCampaign.Storage;

namespace SmsCampaign.Office.Words;

/// <summary>What a person is told who would stop something while the disk is full.</summary>
public static class StopWords
{
    /// <summary>Megabytes that an order takes at most, with what SQLite keeps beside it.</summary>
    public const int Needs = 1;

    /// <summary>Verbs by which something stops, or goes slower.</summary>
    static readonly HashSet<string> Stopping = ["pause", "cancel", "end", "rate", "revoke"];

    /// <summary>How all is stopped where nothing can be written.</summary>
    public static Wording WithoutDisk { get; } = new(
        "dừng dịch vụ gửi bằng 'sudo systemctl stop sms-campaign' (đang gửi bằng 'send': nhấn Ctrl-C ở cửa sổ đó); "
            + "cách này không cần chỗ trên đĩa.",
        "stop the service by 'sudo systemctl stop sms-campaign' (where 'send' sends: press Ctrl-C there); that needs "
            + "no room.");

    /// <summary>What a full disk means for a verb that was to stop something: nothing was.</summary>
    /// <returns>Null of any other verb.</returns>
    public static Wording? OfFullDisk(string verb, DataFolder data) => !Stopping.Contains(verb) ? null : new Wording(
        $"CHƯA dừng gì: đĩa chứa thư mục dữ liệu {data.Root} đã đầy nên không ghi được lệnh '{verb}'. Việc đang gửi "
            + $"không bị dừng bởi lệnh này. Hãy dọn ít nhất {Needs} MB trên đĩa đó (không xóa tệp nào trong thư mục dữ "
            + $"liệu) rồi chạy lại lệnh. Cần dừng ngay: {WithoutDisk}",
        $"NOTHING is stopped: the disk of the data folder {data.Root} is full, and '{verb}' cannot be written. What is "
            + $"being sent is not stopped by it. Make room on that disk, {Needs} MB at least (delete nothing in the "
            + $"data folder), and run it again. To stop now: {WithoutDisk}");
}
