namespace SmsCampaign.Conduct.Words;

/// <summary>Ends the reason of a hold with the command that lets the run go on.</summary>
public static class HoldWords
{
    /// <summary>Of a run under way whose approval is void.</summary>
    public static Wording OfVoided(Storage.Registry.Approval voided)
    {
        var why = new Wording(voided.VoidReasonVi ?? "", voided.VoidReasonEn ?? "");
        return new Wording(
            $"Phê duyệt hết hiệu lực trong khi gửi: {why}. Không gửi thêm.",
            $"The approval was voided while the run was sent: {why}. Nothing more is sent.");
    }

    /// <param name="campaignFile">Null where it is not known.</param>
    /// <param name="isPlannedAgain">Whether what was approved no longer is what would be sent.</param>
    public static Wording WithWayOn(Wording reason, string? campaignFile, bool isPlannedAgain = false)
    {
        var file = campaignFile is null
            ? new Wording("TỆP_CHIẾN_DỊCH", "CAMPAIGN_FILE")
            : new Wording(TypedArgument.Of(campaignFile), TypedArgument.Of(campaignFile));
        return isPlannedAgain
            ? new Wording(
                $"{reason} Xem lại: sms-campaign plan {file}. Đồng ý gửi thì phê duyệt lại: sms-campaign approve "
                    + $"{file} --by \"Họ tên\" --code MÃ_ĐÃ_XEM",
                $"{reason} Look at it: sms-campaign plan {file}. To let it go on approve it again: "
                    + $"sms-campaign approve {file} --by NAME --code CODE_LOOKED_AT")
            : new Wording(
                $"{reason} Muốn gửi tiếp: sms-campaign approve {file} --by \"Họ tên\" --code "
                    + $"MÃ_ĐÃ_XEM (mã do 'check' in ra).",
                $"{reason} To let it go on: sms-campaign approve {file} --by NAME --code CODE_LOOKED_AT (the "
                    + $"code that 'check' prints).");
    }
}
