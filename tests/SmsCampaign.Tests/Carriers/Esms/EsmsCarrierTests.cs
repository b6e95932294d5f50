using System.Text.Json;
using SmsCampaign.Carriers;
using static SmsCampaign.Tests.Carriers.Esms.EsmsCase;

namespace SmsCampaign.Tests.Carriers.Esms;

public class EsmsCarrierTests : CarrierContract
{
    protected override LaneOptions OptionsFor(Uri gateway) => OptionsAt(gateway);

    protected override PlayedGateway Gateway { get; } = new EsmsGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak,
            text,
            $$"""{"CodeResult": {{text}}, "ErrorMessage": {{text}}}""",
            $$"""{"CodeResult": "108", "ErrorMessage": {{text}}}""",
            $$"""{"CodeResult": "100", "SMSID": {{text}}}""",
            $$"""{ {{text}}: 1}""",
        ];
    }
}
