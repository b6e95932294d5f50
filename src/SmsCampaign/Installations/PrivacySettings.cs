using System.ComponentModel.DataAnnotations;

namespace SmsCampaign.Installations;

/// <summary>How long the numbers of runs that are over are kept.</summary>
public sealed class PrivacySettings
{
    [Meaning(
        "Dịch vụ gửi có tự xóa số điện thoại khi quá hạn lưu không (thay bằng mã băm có khóa). Không ghi: không tự "
            + "xóa; "
            + "xóa bằng lệnh purge.",
        "Whether the worker erases numbers by itself once they were kept so long (keyed hashes take their place). "
            + "Unset: "
            + "it does not; purge erases them.")]
    public bool Automatic { get; set; }

    [Meaning(
        "Số ngày lưu số điện thoại kể từ khi lượt gửi kết thúc.",
        "Days for which numbers are kept after their run was over.")]
    [Range(30, 3650)]
    public int KeepDays { get; set; } = 90;

    [Meaning(
        "Số ngày báo trước khi xóa: phải thấy quá hạn vào bấy nhiêu ngày khác nhau rồi mới xóa, để đồng hồ máy sai "
            + "không "
            + "làm xóa nhầm.",
        "Days of warning: numbers must be seen to be due on so many different days before they are erased, so that a "
            + "wrong "
            + "clock erases nothing.")]
    [Range(3, 60)]
    public int WarnDays { get; set; } = 7;
}
