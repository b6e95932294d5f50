using System.Security;
using SmsCampaign.Carriers;
using static SmsCampaign.Tests.Carriers.Viettel.ViettelCase;

namespace SmsCampaign.Tests.Carriers.Viettel;

public class ViettelCarrierTests : CarrierContract
{
    protected override LaneOptions OptionsFor(Uri gateway) => OptionsAt(gateway);

    protected override PlayedGateway Gateway { get; } = new ViettelGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = SecurityElement.Escape(leak);
        return
        [
            leak,
            $"<{leak}/>",
            $"<a>{text}</a>",
            Fault(text),
            Fault($"Check ServiceID: {text}"),
            $"<return>{text}</return>",
            Envelope("wsCpMtResponse", $"<message>{text}</message><result>0</result>"),
            Envelope("wsCpMtResponse", $"<message>{text}</message><result>{text}</result>"),
            Envelope("wsCpMtResponse", $"<message>{text}</message><result>7</result>"),
            Envelope(
                "wsCpMtResponse", $"<message>Authenticate: IP_INVALID (YOUR IP: {text})</message><result>0</result>"),
            Envelope(
                "wsCpMtResponse", $"<message>Check ServiceID: ALIAS_INVALID:TELCO={text}</message><result>0</result>"),
            Envelope("wsCpMtResponse", $"<message>Check Content: {text}</message><result>0</result>"),
            Envelope("wsCpBatchMtResponse", $"<errCode>{text}</errCode><errDesc>{text}</errDesc>"),
            Envelope("wsCpBatchMtResponse", Item(1, text, text)),
        ];
    }
}
