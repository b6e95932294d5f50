namespace SmsCampaign.Installations;

/// <summary>Who may approve.</summary>
public sealed class ApprovalSettings
{
    [Meaning(
        "Có đòi hai người không: chiến dịch phải được trình trước bằng submit từ một tài khoản, rồi phê duyệt bằng "
            + "approve từ tài khoản khác của máy. Được xét khi phê duyệt và xét lại trước khi gửi: phê duyệt của một "
            + "người thì không gửi.",
        "Whether it takes two persons: a campaign must be submitted before, by submit, from one account of the "
            + "operating system, and approved by approve from another. Looked at by approve, and again before anything "
            + "is sent: by one person's approval nothing leaves.")]
    public bool TwoPersons { get; set; }
}
