{{- define "dunlin.name" -}}
{{- if contains "dunlin" .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-dunlin{{ end }}
{{- end }}

{{- define "dunlin.labels" -}}
app.kubernetes.io/name: dunlin
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Values.image.tag | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* Called with a dict: root, component. */ -}}
{{- define "dunlin.selector" -}}
app.kubernetes.io/name: dunlin
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "dunlin.image" -}}
{{ .root.Values.image.repository }}:{{ .tag }}
{{- end }}

{{- /* A tag as a part of a name: lower case, no other characters than letters, digits and dashes. */ -}}
{{- define "dunlin.tagName" -}}
{{- . | lower | replace "." "-" | replace "_" "-" | trunc 20 | trimSuffix "-" -}}-{{- . | sha256sum | trunc 6 -}}
{{- end }}

{{- /* What every container gets. Called with a dict: root, tag. */ -}}
{{- define "dunlin.env" -}}
{{- $values := .root.Values -}}
- { name: DUNLIN_BUILD_ID, value: {{ .tag | quote }} }
- { name: HOST, value: 0.0.0.0 }
- { name: PORT, value: "4010" }
- { name: METRICS_HOST, value: 0.0.0.0 }
- { name: METRICS_PORT, value: "9464" }
- { name: PUBLIC_URL, value: {{ $values.publicUrl | quote }} }
- { name: STOP_DELAY_SECONDS, value: {{ $values.server.stopDelaySeconds | quote }} }
- { name: TEMPORAL_ADDRESS, value: {{ $values.temporal.address | quote }} }
- { name: TEMPORAL_NAMESPACE, value: {{ $values.temporal.namespace | quote }} }
{{- with $values.trustedProxies }}
- { name: TRUSTED_PROXIES, value: {{ . | quote }} }
{{- end }}
- { name: WORKER_VERSIONING, value: {{ $values.worker.versioning | quote }} }
{{- with $values.temporal.uiUrl }}
- { name: TEMPORAL_UI_URL, value: {{ . | quote }} }
{{- end }}
{{- if $values.temporal.tlsSecret }}
- { name: TEMPORAL_TLS_CLIENT_CERT_PATH, value: /etc/temporal-tls/tls.crt }
- { name: TEMPORAL_TLS_CLIENT_KEY_PATH, value: /etc/temporal-tls/tls.key }
{{- if $values.temporal.tlsAuthority }}
- { name: TEMPORAL_TLS_SERVER_CA_CERT_PATH, value: /etc/temporal-tls/ca.crt }
{{- end }}
{{- end }}
{{- with $values.temporal.tlsServerName }}
- { name: TEMPORAL_TLS_SERVER_NAME, value: {{ . | quote }} }
{{- end }}
{{- range $name, $value := $values.env }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}

{{- /* A container without its command, probes and ports. Called with a dict: root, tag, name, resources. */ -}}
{{- define "dunlin.container" -}}
name: {{ .name }}
image: {{ include "dunlin.image" . }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
env:
  {{- include "dunlin.env" . | nindent 2 }}
envFrom:
  - secretRef: { name: {{ .root.Values.existingSecret }} }
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- with .resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- if .root.Values.temporal.tlsSecret }}
  - { name: temporal-tls, mountPath: /etc/temporal-tls, readOnly: true }
  {{- end }}
{{- end }}

{{- /* What every pod has. */ -}}
{{- define "dunlin.pod" -}}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
volumes:
  - { name: tmp, emptyDir: {} }
  {{- if .Values.temporal.tlsSecret }}
  - name: temporal-tls
    secret: { secretName: {{ .Values.temporal.tlsSecret }}, defaultMode: 288 }
  {{- end }}
{{- end }}

{{- /* Pods of a kind on different nodes, where that is possible. Called with a dict: root, component. */ -}}
{{- define "dunlin.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "dunlin.selector" . | nindent 8 }}
{{- end }}

{{- define "dunlin.migrate" -}}
[node, cli/dunlin.cjs, migrate]
{{- end }}
